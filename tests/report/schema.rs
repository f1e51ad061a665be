//! `schemas/record-v1.schema.json`: it says of records exactly what the code writes and reads.
