//! Groups of students that a number on the page stands for: the page's script can list them and show them in the table.

use serde::Serialize;

/// How many names the page writes where it cannot run its script.
const NAMED: usize = 12;

/// Holds every group of the page.
#[derive(Default)]
pub(super) struct Groups {
    all: Vec<Group>,
}

/// Holds the students that have one thing in common.
#[derive(Serialize)]
pub(super) struct Group {
    /// The kata's place in the course.
    kata: usize,
    /// The students' places in the class.
    members: Vec<u32>,
    /// What they have in common.
    title: String,
    /// Whether it is a mistake, which the table can be filtered by.
    mistake: bool,
}

/// Holds what the templates need of a group.
#[derive(Serialize)]
pub(super) struct Who {
    group: usize,
    pub(super) count: usize,
    names: Vec<String>,
    more: usize,
}

/// Says what a group is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A mistake with a name.
    Mistake,
    /// Anything else.
    Other,
}

impl Groups {
    /// Adds a group.
    pub(super) fn add(
        &mut self,
        kata: usize,
        title: String,
        sort: Sort,
        members: Vec<u32>,
        labels: &[String],
    ) -> Who {
        let named = members.iter().take(NAMED);
        let who = Who {
            group: self.all.len(),
            count: members.len(),
            names: named
                .map(|member| labels[*member as usize].clone())
                .collect(),
            more: members.len().saturating_sub(NAMED),
        };
        self.all.push(Group {
            kata,
            members,
            title,
            mistake: sort == Sort::Mistake,
        });
        who
    }

    /// Gives all of them, in the order of their numbers.
    pub(super) fn all(&self) -> &[Group] {
        &self.all
    }
}
