//! Looking for a part of a text, in the same words for both databases.

use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr};

/// Does `text` hold `part`, capitals or not? Nothing in `part` has a meaning of its own.
pub fn contains(text: impl Into<Expr>, part: &str) -> Expr {
    let literal = part.trim().to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Expr::expr(Func::lower(text)).like(LikeExpr::new(format!("%{literal}%")).escape('\\'))
}
