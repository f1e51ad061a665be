//! Groups of students behind the numbers on the page: the page's script can list them and show them in the table.

use serde::Serialize;

/// The number of names on the page if its script cannot run.
const NAMED: usize = 12;

/// All groups of the page.
#[derive(Default)]
pub(super) struct Groups {
    all: Vec<Group>,
}

/// Students with something in common.
#[derive(Serialize)]
pub(super) struct Group {
    /// The kata's index in the course.
    kata: usize,
    /// The students' indices in the class.
    members: Vec<u32>,
    /// What they have in common.
    title: String,
    /// Whether it is a mistake, by which the table can be filtered.
    mistake: bool,
}

/// A group as the templates need it.
#[derive(Serialize)]
pub(super) struct Who {
    group: usize,
    pub(super) count: usize,
    names: Vec<String>,
    more: usize,
}

/// The kind of a group.
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

    /// Returns all of them, in the order of their numbers.
    pub(super) fn all(&self) -> &[Group] {
        &self.all
    }
}
