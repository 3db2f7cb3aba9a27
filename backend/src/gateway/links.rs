//! Links of the OpenAPI document: which answer names the `{id}` that which other calls take.
//!
//! They follow from the paths: what a list shows and what a POST to it makes is what the paths below it speak of.

use utoipa::openapi::link::{Link, LinkBuilder};
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{OpenApi, RefOr};

/// Lists whose items are named elsewhere.
const SHOWN_ELSEWHERE: [(&str, &str); 1] = [("/api/v1/orders/offers", "/api/v1/orders")];

/// Adds the links. The operations must have their ids.
pub(super) fn add(document: &mut OpenApi) {
    let paths = &mut document.paths.paths;
    let below: Vec<(String, String)> = paths.iter().flat_map(|(path, item)| taking_ids(path, item)).collect();
    for (path, item) in paths {
        let root = SHOWN_ELSEWHERE.iter().find(|(list, _)| list == path).map_or(path.as_str(), |(_, root)| *root);
        let targets = || below.iter().filter(|(of, _)| of == root).map(|(_, operation)| operation.as_str());
        if let Some(list) = &mut item.get {
            let pointer = if answers_array(list) { "$response.body#/0/id" } else { "$response.body#/items/0/id" };
            link(list, "200", pointer, targets());
        }
        if let Some(add) = &mut item.post {
            link(add, "201", "$response.body#/id", targets());
        }
    }
}

/// The operations of a path that takes an `{id}`, each with what that is the id of.
fn taking_ids(path: &str, item: &PathItem) -> Vec<(String, String)> {
    let Some((root, _)) = path.split_once("/{id}") else { return Vec::new() };
    let operations = [&item.get, &item.put, &item.post, &item.patch, &item.delete].into_iter().flatten();
    operations.filter_map(|operation| Some((root.to_owned(), operation.operation_id.clone()?))).collect()
}

fn link<'a>(from: &mut Operation, status: &str, pointer: &str, to: impl Iterator<Item = &'a str>) {
    if let Some(RefOr::T(response)) = from.responses.responses.get_mut(status) {
        response.links.extend(to.map(|operation| (operation.to_owned(), RefOr::T(by_id(operation, pointer)))));
    }
}

fn by_id(operation: &str, pointer: &str) -> Link {
    LinkBuilder::new().operation_id(operation).parameter("id", pointer).build()
}

fn answers_array(operation: &Operation) -> bool {
    let Some(RefOr::T(response)) = operation.responses.responses.get("200") else { return false };
    let is_array = |schema: &RefOr<Schema>| matches!(schema, RefOr::T(Schema::Array(_)));
    let Some(RefOr::T(content)) = response.content.get("application/json") else { return false };
    content.schema.as_ref().is_some_and(is_array)
}
