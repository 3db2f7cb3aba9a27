//! The OpenAPI document: made of the handlers, then given what is common to all of them.

use std::collections::HashSet;

use axum::Router;
use axum::routing::get;
use rapi_core::wire::Problem;
use rapi_core::wire::admin::{ListSort, PeopleSort, WithdrawalsSort};
use rapi_core::wire::people::ProviderSort;
use serde_json::Value;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Content, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required, ResponseBuilder};
use utoipa::{PartialSchema, ToSchema};
use utoipa_swagger_ui::SwaggerUi;

use super::endpoints::API;
use super::links;
use crate::app::AppState;

const ABOUT: &str = "On-demand help at home. Errors are RFC 9457 problems with a stable `code`; every POST takes an \
    `Idempotency-Key`; lists are pages with a cursor; money is whole rupiah; times are RFC 3339 in UTC. \
    Live events, tracking and positions travel over MQTT: see GET /api/v1/config and the topics `u/{user id}/…`.";

/// What the document says of itself.
pub(super) fn about() -> OpenApi {
    let info = InfoBuilder::new().title("Rapi").version(env!("CARGO_PKG_VERSION")).description(Some(ABOUT)).build();
    OpenApiBuilder::new().info(info).build()
}

/// A set of words, as the document keeps it.
fn word<T: ToSchema>() -> (String, RefOr<Schema>) {
    (T::name().into_owned(), T::schema())
}

/// Adds the private part, the token it needs, and the problems any call can answer with.
pub(super) fn finish(document: &mut OpenApi, mut private: OpenApi) {
    for operation in private.paths.paths.values_mut().flat_map(operations) {
        operation.security.get_or_insert_default().push(SecurityRequirement::new::<_, [String; 0], String>("access_token", []));
        add_problem(operation, "401", "Not signed in");
        add_problem(operation, "403", "Not for this role or person");
    }
    document.merge(private);
    let components = document.components.get_or_insert_default();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    components.security_schemes.insert("access_token".to_owned(), RefOr::T(SecurityScheme::Http(bearer)));
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
    // Only queries speak of these, and the library looks for schemas in bodies.
    components.schemas.extend([word::<ProviderSort>(), word::<ListSort>(), word::<PeopleSort>(), word::<WithdrawalsSort>()]);
    let mut parts = Vec::new();
    Problem::schemas(&mut parts);
    components.schemas.extend(parts);
    for (path, item) in &mut document.paths.paths {
        for operation in operations(item) {
            for (status, meaning) in COMMON {
                add_problem(operation, status, meaning);
            }
            if path.contains("/auth/") {
                add_problem(operation, "401", "Not with these words");
                add_problem(operation, "403", "Known, but not let in");
            }
        }
    }
    let may_be_empty = bodies_that_may_be_empty(document);
    for operation in document.paths.paths.values_mut().flat_map(operations) {
        if let Some(RefOr::T(body)) = &mut operation.request_body
            && body.content.get("application/json").and_then(schema_name).is_some_and(|name| may_be_empty.contains(&name))
        {
            body.required = Some(Required::False);
        }
    }
    for (path, item) in &mut document.paths.paths {
        name_operations(path, item);
        if let Some(operation) = &mut item.post {
            take_key(operation);
        }
    }
    links::add(document);
}

/// Bodies of which no field has to be there: they may be left out altogether, and count as `{}`.
fn bodies_that_may_be_empty(document: &OpenApi) -> HashSet<String> {
    let schemas = document.components.iter().flat_map(|components| &components.schemas);
    let empty = schemas.filter(|(_, schema)| matches!(schema, RefOr::T(Schema::Object(object)) if object.required.is_empty()));
    empty.map(|(name, _)| name.clone()).collect()
}

fn schema_name(content: &RefOr<Content>) -> Option<String> {
    let RefOr::T(Content { schema: Some(RefOr::Ref(reference)), .. }) = content else { return None };
    reference.ref_location.strip_prefix(SCHEMAS).map(str::to_owned)
}

/// Names each operation after its method and path, for the names of handlers repeat.
fn name_operations(path: &str, item: &mut PathItem) {
    let path = path.strip_prefix(API).unwrap_or(path);
    let words: Vec<&str> = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let methods = [("get", &mut item.get), ("put", &mut item.put), ("post", &mut item.post), ("patch", &mut item.patch)];
    for (method, operation) in methods.into_iter().chain([("delete", &mut item.delete)]) {
        if let Some(operation) = operation {
            operation.operation_id = Some(format!("{method}_{}", words.join("_")));
        }
    }
}

/// Says that a call may come again under its key.
fn take_key(operation: &mut Operation) {
    let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(255)).pattern(Some("^[\\x21-\\x7E]+$"));
    let key = ParameterBuilder::new().name("Idempotency-Key").parameter_in(ParameterIn::Header).required(Required::False);
    let key = key.description(Some("The same key and body give the same answer for 24 hours")).schema(Some(text)).build();
    operation.parameters.get_or_insert_default().push(RefOr::T(key));
}

const COMMON: [(&str, &str); 10] = [
    ("400", "Unreadable"),
    ("404", "Unknown, or not visible to the caller"),
    ("405", "Not with this method"),
    ("409", "In conflict with the current state"),
    ("413", "Too large"),
    ("415", "Not JSON"),
    ("422", "Readable but invalid; names the fields"),
    ("423", "Locked; see Retry-After"),
    ("429", "Too often; see Retry-After"),
    ("503", "Not now (`busy`, `storage_full`, `storage_read_only`, `storage_failed`, `database_unavailable`); see Retry-After"),
];

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.patch, &mut item.delete].into_iter().flatten()
}

fn add_problem(operation: &mut Operation, status: &str, meaning: &str) {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build();
    let response = ResponseBuilder::new().description(meaning).content("application/problem+json", content).build();
    operation.responses.responses.entry(status.to_owned()).or_insert(RefOr::T(response));
}

/// Calls each schema by its plain name. The library names a generic type after itself and its argument; our one generic word in
/// answers calls itself as its argument does, which gives `Status_Status` for what is a `Status`.
fn plain_names(mut document: Value) -> Value {
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        *schemas = std::mem::take(schemas).into_iter().map(|(name, schema)| (plain(&name), schema)).collect();
    }
    plain_references(document)
}

fn plain_references(part: Value) -> Value {
    match part {
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, plain_references(value))).collect(),
        Value::Array(items) => items.into_iter().map(plain_references).collect(),
        Value::String(text) => Value::String(match text.strip_prefix(SCHEMAS) {
            Some(name) => format!("{SCHEMAS}{}", plain(name)),
            None => text,
        }),
        other => other,
    }
}

const SCHEMAS: &str = "#/components/schemas/";

fn plain(name: &str) -> String {
    let half = name.len() / 2;
    match (name.get(..half), name.get(half..)) {
        (Some(first), Some(rest)) if rest.strip_prefix('_') == Some(first) => first.to_owned(),
        _ => name.to_owned(),
    }
}

/// The document and the page to browse it.
pub(super) fn routes(document: OpenApi) -> Router<AppState> {
    let text = serde_json::to_value(&document).map(|document| plain_names(document).to_string()).unwrap_or_default();
    let serve = get(move || {
        let text = text.clone();
        async move { ([("content-type", "application/json")], text) }
    });
    let page: Router<AppState> = SwaggerUi::new("/api/docs").config(utoipa_swagger_ui::Config::from("/api/openapi.json")).into();
    page.route("/api/openapi.json", serve)
}
