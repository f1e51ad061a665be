//! What a learner sees for every kind of answer.
