//! What pages report: errors, warnings, refused resources, violations of their policy.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde_json::Value;
use xtask::server::Router;

/// Where the probe's script stands.
pub const SCRIPT: &str = "/__probe.js";
/// The same for a case that waits for the invitation to subscribe, which the probe keeps away from all others.
pub const SCRIPT_INVITED: &str = "/__probe.js?invited";

/// The reports of every page of one test.
#[derive(Clone, Debug, Default)]
pub struct Probe(Arc<Mutex<Vec<String>>>);

impl Probe {
    /// The routes that serve the script and take its reports.
    pub fn routes(&self) -> Router {
        Router::new().route(SCRIPT, get(script)).route("/__probe", post(take)).with_state(self.clone())
    }

    /// The reports so far, each as `kind on page: text`.
    pub fn reports(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("probe.js"))
}

async fn take(State(probe): State<Probe>, body: String) -> StatusCode {
    let report: Value = serde_json::from_str(&body).unwrap_or_default();
    let part = |name: &str| report[name].as_str().unwrap_or("?").to_owned();
    let line = format!("{} on {}: {}", part("kind"), part("page"), part("text"));
    probe.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    StatusCode::NO_CONTENT
}
