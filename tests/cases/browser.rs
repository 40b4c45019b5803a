//! The reader as a person uses it, in three engines.

mod accessibility;
mod archive;
mod article_tools;
mod comments;
mod corrections;
mod fields;
mod hydration;
mod keyboard;
mod library;
mod library_trouble;
mod long_thread;
mod members;
mod modal;
mod navigation;
mod network;
mod not_started;
mod offline;
mod outbox;
mod passes;
mod place;
mod policy;
mod portal;
mod preferences;
mod publications;
mod replies;
mod reply_trouble;
mod sanitizer;
mod subscribe;
mod views;
mod wall;
mod wall_links;
mod wall_trouble;
mod without_scripts;
mod wordpress;
mod wordpress_trouble;
mod worker;

use std::process::ExitCode;

fn main() -> ExitCode {
    let cases = [
        views::CASES,
        navigation::CASES,
        keyboard::CASES,
        hydration::CASES,
        comments::CASES,
        long_thread::CASES,
        replies::CASES,
        reply_trouble::CASES,
        outbox::CASES,
        wordpress::CASES,
        wordpress_trouble::CASES,
        without_scripts::CASES,
        not_started::CASES,
        network::CASES,
        offline::CASES,
        portal::CASES,
        worker::CASES,
        archive::CASES,
        corrections::CASES,
        library::CASES,
        library_trouble::CASES,
        place::CASES,
        article_tools::CASES,
        preferences::CASES,
        publications::CASES,
        policy::CASES,
        sanitizer::CASES,
        accessibility::CASES,
        wall::CASES,
        passes::CASES,
        members::CASES,
        wall_trouble::CASES,
        wall_links::CASES,
        subscribe::CASES,
        modal::CASES,
    ];
    jumpline_tests::run::main(&cases.concat())
}
