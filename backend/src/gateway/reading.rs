//! Reads JSON as JSON Schema understands it, where the library is more generous, or less: an object is never a list of its values,
//! and a whole number may be written `692.0`.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};

/// The largest whole number up to which a float holds every one.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A source of values, or whoever asks for one, with everything inside.
pub(super) struct AsSchema<T>(pub(super) T);

/// Whoever asks for a whole number.
struct Whole<V>(V);

macro_rules! ask {
    ($($method:ident)*) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method(AsSchema(visitor))
        }
    )* };
}

macro_rules! ask_whole {
    ($($method:ident)*) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method(Whole(visitor))
        }
    )* };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for AsSchema<D> {
    type Error = D::Error;

    ask! {
        deserialize_any deserialize_bool deserialize_f32 deserialize_f64 deserialize_char deserialize_str deserialize_string
        deserialize_bytes deserialize_byte_buf deserialize_option deserialize_unit deserialize_seq deserialize_map
        deserialize_identifier deserialize_ignored_any
    }
    ask_whole! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(AsSchema(visitor))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_unit_struct(name, AsSchema(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, AsSchema(visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple(length, AsSchema(visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, name: &'static str, length: usize, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple_struct(name, length, AsSchema(visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_enum(name, words, AsSchema(visitor))
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

macro_rules! hand_on {
    ($($method:ident: $value:ty),* $(,)?) => { $(
        fn $method<E: Error>(self, value: $value) -> Result<V::Value, E> {
            self.0.$method(value)
        }
    )* };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for AsSchema<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    hand_on! {
        visit_bool: bool, visit_i64: i64, visit_i128: i128, visit_u64: u64, visit_u128: u128, visit_f64: f64, visit_char: char,
        visit_str: &str, visit_borrowed_str: &'de str, visit_string: String, visit_bytes: &[u8], visit_byte_buf: Vec<u8>,
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, inside: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(AsSchema(inside))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inside: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(AsSchema(inside))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(AsSchema(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(AsSchema(members))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, word: A) -> Result<V::Value, A::Error> {
        self.0.visit_enum(word)
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Whole<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    hand_on! { visit_i64: i64, visit_i128: i128, visit_u64: u64, visit_u128: u128, visit_str: &str }

    fn visit_f64<E: Error>(self, number: f64) -> Result<V::Value, E> {
        if number.fract() == 0.0 && number.abs() <= EXACT {
            #[expect(clippy::cast_possible_truncation, reason = "it is whole and small enough")]
            self.0.visit_i64(number as i64)
        } else {
            self.0.visit_f64(number)
        }
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for AsSchema<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(AsSchema(seed))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for AsSchema<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(AsSchema(seed))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for AsSchema<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(AsSchema(deserializer))
    }
}

#[cfg(test)]
mod tests {
    use rapi_core::wire::orders::{QuoteRequest, RatingRequest};
    use rapi_core::wire::people::PatchProviderProfileRequest;
    use serde::de::DeserializeOwned;
    use serde_json::json;

    use super::*;

    fn read<T: DeserializeOwned>(value: &serde_json::Value) -> Result<T, String> {
        let text = value.to_string();
        T::deserialize(AsSchema(&mut serde_json::Deserializer::from_str(&text))).map_err(|error| error.to_string())
    }

    #[test]
    fn an_object_is_no_list_of_its_values_however_deep() {
        assert!(read::<QuoteRequest>(&json!([null, "Sepatu", 5])).unwrap_err().contains("invalid type: sequence"));
        let certified = |certification| read::<PatchProviderProfileRequest>(&json!({ "certifications": [certification] }));
        assert!(certified(json!(["Rapi", null, 2020])).unwrap_err().contains("invalid type: sequence"));
        assert_eq!(certified(json!({ "name": "Rapi", "year": 2020 })).unwrap().certifications.unwrap()[0].year, Some(2020));
    }

    #[test]
    fn a_whole_number_may_be_written_with_a_point() {
        let minutes = |minutes| read::<QuoteRequest>(&json!({ "minutes": minutes })).map(|quote| quote.minutes);
        assert_eq!((minutes(json!(692.0)), minutes(json!(692)), minutes(json!(-0.0))), (Ok(692), Ok(692), Ok(0)));
        assert!(minutes(json!(692.5)).is_err() && minutes(json!(1e300)).is_err() && minutes(json!("692")).is_err());
        let rating = read::<RatingRequest>(&json!({ "rating": 5.0, "rating_details": { "cleanliness": 4.0 } })).unwrap();
        assert_eq!((rating.rating, rating.rating_details.unwrap()["cleanliness"]), (5, 4));
    }
}
