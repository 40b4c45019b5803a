//! Live reload: a script of the same origin that waits for the next build.

use std::time::Duration;

use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::sync::watch::Receiver;
use xtask::server::Router;

/// Where the script stands.
pub(crate) const SCRIPT: &str = "/__reload.js";

/// How long a page waits before it asks again; well below what browsers allow.
const PATIENCE: Duration = Duration::from_secs(25);

/// The script and the address that it asks. `builds` holds the number of the last build.
pub(crate) fn routes(builds: Receiver<u64>) -> Router {
    Router::new().route(SCRIPT, get(script)).route("/__reload", get(next_build)).with_state(builds)
}

async fn script(State(builds): State<Receiver<u64>>) -> impl IntoResponse {
    let body = format!("const build = {};\n{}", *builds.borrow(), include_str!("reload.js"));
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], body)
}

/// 205 as soon as there is another build than the one in the query, 204 when patience ends.
async fn next_build(State(mut builds): State<Receiver<u64>>, RawQuery(seen): RawQuery) -> StatusCode {
    let seen = seen.and_then(|it| it.parse().ok()).unwrap_or(0_u64);
    let another = builds.wait_for(|build| *build != seen);
    match tokio::time::timeout(PATIENCE, another).await {
        Ok(Ok(_)) => StatusCode::RESET_CONTENT,
        _ => StatusCode::NO_CONTENT,
    }
}
