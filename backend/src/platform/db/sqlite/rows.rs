//! Values on their way into statements and out of rows.
//!
//! SQLite knows five kinds of values; which of ours a column holds is told by the type it was declared with, the same that
//! PostgreSQL goes by. What is computed has none and is taken as it comes: whole numbers as `i64`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rusqlite::types::{ToSqlOutput, ValueRef};
use sea_orm::{ProxyRow, QueryResult, Value, Values};
use uuid::Uuid;

/// More texts than the program has; past that, some are made with lists of every length.
const PLANS: usize = 2_000;

/// How the values of one statement go in and out.
pub(super) struct Plan {
    /// Which of the values each place of the statement takes.
    places: Vec<usize>,
    /// In the order of the names.
    columns: Vec<Column>,
}

struct Column {
    name: String,
    place: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Int,
    BigInt,
    Bool,
    Double,
    Text,
    Json,
    Uuid,
    Bytes,
    Computed,
}

/// By the text of the statement, which is long and our own.
pub(super) type Plans = HashMap<Box<str>, Arc<Plan>, foldhash::fast::RandomState>;

/// The plan of a prepared statement, made once: no schema changes under an open connection.
pub(super) fn plan_of(plans: &mut Plans, sql: &str, prepared: &rusqlite::Statement<'_>) -> Arc<Plan> {
    match plans.get(sql) {
        Some(plan) => Arc::clone(plan),
        None => {
            if plans.len() >= PLANS {
                plans.clear();
            }
            let plan = Arc::new(Plan::new(prepared));
            plans.insert(sql.into(), Arc::clone(&plan));
            plan
        }
    }
}

impl Plan {
    fn new(prepared: &rusqlite::Statement<'_>) -> Self {
        let place = |index: usize| numbered(prepared.parameter_name(index)).unwrap_or(index) - 1;
        let found = prepared.columns();
        let kinds: Vec<Kind> = found.iter().map(|column| Kind::declared(column.decl_type())).collect();
        let names: Vec<&str> = found.iter().map(|column| column.name()).collect();
        let named = names.iter().enumerate().map(|(place, name)| Column { name: (*name).to_owned(), place, kind: kinds[place] });
        let mut columns: Vec<Column> = named.collect();
        // A tuple is read by place, and sea-orm takes for the n-th what is the n-th by name in a row that a driver of ours made.
        // Where the two orders differ, each value also stands under a name that sorts before all others, by place.
        if names.len() <= TUPLE && !names.is_sorted() {
            columns.extend(kinds.iter().enumerate().map(|(place, kind)| Column { name: format!("\u{1}{place:02}"), place, kind: *kind }));
        }
        columns.sort_by(|one, other| one.name.cmp(&other.name));
        Self { places: (1..=prepared.parameter_count()).map(place).collect(), columns }
    }

    /// Gives a statement its values.
    pub(super) fn bind(&self, prepared: &mut rusqlite::Statement<'_>, values: Option<&Values>) -> rusqlite::Result<()> {
        let values = values.map_or(&[][..], |values| &values.0);
        for (index, place) in self.places.iter().enumerate() {
            let value = values.get(*place).ok_or(rusqlite::Error::InvalidParameterCount(values.len(), self.places.len()))?;
            prepared.raw_bind_parameter(index + 1, into_sqlite(value)?)?;
        }
        Ok(())
    }

    /// One row.
    pub(super) fn read(&self, row: &rusqlite::Row<'_>) -> rusqlite::Result<QueryResult> {
        let mut values = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let value = row.get_ref(column.place)?;
            let value = column
                .kind
                .read(value)
                .ok_or_else(|| rusqlite::Error::InvalidColumnType(column.place, column.name.clone(), value.data_type()))?;
            values.push((column.name.clone(), value));
        }
        Ok(ProxyRow::new(BTreeMap::from_iter(values)).into())
    }
}

/// The most columns that are read as a tuple.
const TUPLE: usize = 8;

/// `$2` takes the second value, wherever it stands.
fn numbered(name: Option<&str>) -> Option<usize> {
    name?.strip_prefix(['$', '?'])?.parse().ok().filter(|number| *number > 0)
}

fn into_sqlite(value: &Value) -> rusqlite::Result<ToSqlOutput<'_>> {
    let whole = |number: i64| ToSqlOutput::Owned(number.into());
    let bound = match value {
        Value::Bool(value) => value.map(|value| whole(value.into())),
        Value::TinyInt(value) => value.map(|value| whole(value.into())),
        Value::SmallInt(value) => value.map(|value| whole(value.into())),
        Value::Int(value) => value.map(|value| whole(value.into())),
        Value::BigInt(value) => value.map(whole),
        Value::TinyUnsigned(value) => value.map(|value| whole(value.into())),
        Value::SmallUnsigned(value) => value.map(|value| whole(value.into())),
        Value::Unsigned(value) => value.map(|value| whole(value.into())),
        Value::BigUnsigned(Some(value)) => {
            Some(whole(i64::try_from(*value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?))
        }
        Value::BigUnsigned(None) => None,
        Value::Float(value) => value.map(|value| ToSqlOutput::Owned(f64::from(value).into())),
        Value::Double(value) => value.map(|value| ToSqlOutput::Owned(value.into())),
        Value::Char(value) => value.map(|value| ToSqlOutput::Owned(value.to_string().into())),
        Value::String(value) => value.as_deref().map(|text| ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes()))),
        Value::Json(value) => value.as_ref().map(|json| ToSqlOutput::Owned(json.to_string().into())),
        Value::Bytes(value) => value.as_deref().map(|bytes| ToSqlOutput::Borrowed(ValueRef::Blob(bytes))),
        Value::Uuid(value) => value.as_ref().map(|id| ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes()))),
        other => return Err(rusqlite::Error::ToSqlConversionFailure(format!("{other:?} is not for SQLite").into())),
    };
    Ok(bound.unwrap_or(ToSqlOutput::Owned(rusqlite::types::Value::Null)))
}

impl Kind {
    fn declared(name: Option<&str>) -> Self {
        match name.map(str::to_ascii_uppercase).as_deref() {
            Some("INTEGER") => Self::Int,
            Some("BIGINT") => Self::BigInt,
            Some("BOOLEAN") => Self::Bool,
            Some("DOUBLE PRECISION") => Self::Double,
            Some("TEXT") => Self::Text,
            Some("JSONB") => Self::Json,
            Some("UUID") => Self::Uuid,
            Some("BYTEA") => Self::Bytes,
            _ => Self::Computed,
        }
    }

    /// None: the file holds something else than was declared.
    fn read(self, value: ValueRef<'_>) -> Option<Value> {
        let text = |bytes: &[u8]| std::str::from_utf8(bytes).ok().map(str::to_owned);
        Some(match (self, value) {
            (Self::Int, ValueRef::Null) => Value::Int(None),
            (Self::Int, ValueRef::Integer(number)) => Value::Int(Some(i32::try_from(number).ok()?)),
            (Self::BigInt, ValueRef::Null) => Value::BigInt(None),
            (Self::BigInt | Self::Computed, ValueRef::Integer(number)) => Value::BigInt(Some(number)),
            (Self::Bool, ValueRef::Null) => Value::Bool(None),
            (Self::Bool, ValueRef::Integer(number)) => Value::Bool(Some(number != 0)),
            (Self::Double, ValueRef::Null) => Value::Double(None),
            (Self::Double | Self::Computed, ValueRef::Real(number)) => Value::Double(Some(number)),
            (Self::Text | Self::Computed, ValueRef::Null) => Value::String(None),
            (Self::Text | Self::Computed, ValueRef::Text(bytes)) => Value::String(Some(text(bytes)?)),
            (Self::Json, ValueRef::Null) => Value::Json(None),
            (Self::Json, ValueRef::Text(bytes) | ValueRef::Blob(bytes)) => Value::Json(Some(serde_json::from_slice(bytes).ok()?)),
            // A column of this name has numeric affinity: what is nothing but a number is kept as one.
            (Self::Json, ValueRef::Integer(number)) => Value::Json(Some(Box::new(number.into()))),
            (Self::Json, ValueRef::Real(number)) => Value::Json(Some(Box::new(number.into()))),
            (Self::Uuid, ValueRef::Null) => Value::Uuid(None),
            (Self::Uuid, ValueRef::Blob(bytes)) => Value::Uuid(Some(Uuid::from_slice(bytes).ok()?)),
            (Self::Bytes, ValueRef::Null) => Value::Bytes(None),
            (Self::Bytes, ValueRef::Blob(bytes)) => Value::Bytes(Some(bytes.to_vec())),
            (Self::Computed, ValueRef::Blob(bytes)) => {
                Uuid::from_slice(bytes).map_or_else(|_| Value::Bytes(Some(bytes.to_vec())), |id| Value::Uuid(Some(id)))
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, Statement};
    use serde_json::json;

    use crate::platform::db::Durability;
    use crate::platform::db::sqlite::Connection;

    use super::*;

    const DECLARED: &str =
        "CREATE TABLE things (zoo INTEGER, able BIGINT, is_so BOOLEAN, far DOUBLE PRECISION, words TEXT, doc JSONB, id UUID, raw BYTEA)";

    fn said() -> Vec<Value> {
        vec![
            Value::Int(Some(-7)),
            Value::BigInt(Some(i64::MIN)),
            Value::Bool(Some(true)),
            Value::Double(Some(2.0)),
            Value::String(Some("é\u{0}\"".to_owned())),
            Value::Json(Some(Box::new(json!({ "a": [1, null] })))),
            Value::Uuid(Some(Uuid::from_u128(9))),
            Value::Bytes(Some(vec![0, 255])),
        ]
    }

    fn things(rows: &[Vec<Value>]) -> (Connection, tempfile::TempDir) {
        let dir = tempfile::tempdir().unwrap();
        let connection = Connection::open(&dir.path().join("things.db"), Durability::Normal).unwrap();
        connection.run(DECLARED).unwrap();
        for row in rows {
            let insert = "INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
            connection.execute(&Statement::from_sql_and_values(DbBackend::Sqlite, insert, row.clone())).unwrap();
        }
        (connection, dir)
    }

    fn ask(connection: &Connection, sql: &str, values: Vec<Value>) -> Vec<QueryResult> {
        connection.query(&Statement::from_sql_and_values(DbBackend::Sqlite, sql, values), usize::MAX).unwrap()
    }

    #[test]
    fn every_kind_of_value_comes_back_as_it_went_in_and_nothing_as_nothing_of_its_kind() {
        let nothing = vec![
            Value::Int(None),
            Value::BigInt(None),
            Value::Bool(None),
            Value::Double(None),
            Value::String(None),
            Value::Json(None),
            Value::Uuid(None),
            Value::Bytes(None),
        ];
        let (connection, _dir) = things(&[said(), nothing.clone()]);
        let names = ["zoo", "able", "is_so", "far", "words", "doc", "id", "raw"];
        for (row, expected) in ask(&connection, "SELECT * FROM things", vec![]).iter().zip([said(), nothing]) {
            let row = row.try_as_proxy_row().unwrap();
            for (name, value) in names.into_iter().zip(expected) {
                assert_eq!(row.values[name], value, "{name}");
            }
        }
    }

    #[test]
    fn tuples_are_read_by_place_and_rows_by_name_whatever_the_columns_are_called() {
        let (connection, _dir) = things(&[said()]);
        let rows = ask(&connection, "SELECT zoo, able, count(*) AS n FROM things", vec![]);
        assert_eq!(rows[0].try_get_many_by_index::<(i32, i64, i64)>().unwrap(), (-7, i64::MIN, 1));
        assert_eq!(rows[0].try_get::<i64>("", "able").unwrap(), i64::MIN);
    }

    #[test]
    fn numbered_places_take_the_value_of_their_number() {
        let (connection, _dir) = things(&[]);
        let rows = ask(&connection, "SELECT $2 - $1 AS difference", vec![1_i64.into(), 10_i64.into()]);
        assert_eq!(rows[0].try_get::<i64>("", "difference").unwrap(), 9);
        let few = Statement::from_sql_and_values(DbBackend::Sqlite, "SELECT $2", [1_i64.into()]);
        assert!(connection.query(&few, 1).is_err());
    }

    #[test]
    fn what_does_not_fit_its_declaration_is_an_error_and_not_nothing() {
        let (connection, _dir) = things(&[]);
        connection.run("INSERT INTO things (zoo) VALUES (3000000000)").unwrap();
        let all = Statement::from_string(DbBackend::Sqlite, "SELECT zoo FROM things");
        assert!(connection.query(&all, 1).is_err());
    }
}
