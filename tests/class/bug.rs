//! A bug in katas, simulated by a wording function that panics: only this answer is not judged, and no worker waits
//! forever.

use std::sync::atomic::AtomicBool;

use katas::catalog::Course as Catalog;
use katas::class::{self, Plan, Settings, Work};
use katas::files::Cache;
use katas::grade::Unconfined;
use katas::record::Status;
use katas::track::rust::RUST;

use super::world::Class;
use crate::common::Course;

#[test]
fn an_answer_that_katas_fails_on_is_not_judged_and_the_others_are() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    // The same answer twice, in parallel: one worker waits for the result of the other.
    class
        .wrong("ada", "hf_load", "no_transpose")
        .wrong("ben", "hf_load", "no_transpose");
    class.solved("cy", "hf_load");
    let catalog = Catalog::find(&course.root).expect("a course");
    let cache = Cache::in_folder(&course.cache);
    let settings = Settings {
        title: "A course",
        credit: catalog.description.credit,
        sealed: catalog.description.sealed,
        katas: vec![catalog.kata("hf_load").expect("a kata")],
        tracks: vec![&RUST],
        key: None,
        time_limit: None,
        jobs: 2,
        unconfined: Unconfined::Refuse,
        cache: &cache,
        tell: |result, spec| {
            assert!(result.passed(), "no words for this");
            katas::ui::wording(result, spec)
        },
    };
    let plan = Plan::new(settings, &mut |_| {}).expect("the tools are there");
    let found = class::find(&course.root.join("class"), &["rs"], None, &cache).expect("a class");
    let stop = AtomicBool::new(false);
    let work = Work {
        plan: &plan,
        submissions: &found.submissions,
        stop: &stop,
        of_class: true,
    };
    let judged = class::run(&work, None, &mut |_| {}).expect("there is room");
    let judged = judged.in_memory().expect("it is there");
    let statuses: Vec<_> = judged.iter().map(|one| one.katas[0].status).collect();
    assert_eq!(
        statuses,
        [Status::Unjudged, Status::Unjudged, Status::Passed]
    );
    assert!(judged[0].katas[0].headline.contains("a bug in katas"));
}
