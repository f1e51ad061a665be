//! Nothing but this line.

