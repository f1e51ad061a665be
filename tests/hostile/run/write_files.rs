//! Writes, makes, links, renames and removes files outside.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    for file in ["@ROOT@/escape", "/tmp/@MARK@", "/dev/shm/@MARK@", "/var/tmp/@MARK@", "@HOME@/.bashrc", "@MARK@", "/@MARK@"] {
        assert!(std::fs::write(file, "escaped").is_err(), "escaped: wrote {file}");
        assert!(std::fs::create_dir(file).is_err(), "escaped: made {file}");
        assert!(std::fs::hard_link("@SPEC@", file).is_err(), "escaped: linked {file}");
        assert!(std::os::unix::fs::symlink("@SPEC@", file).is_err(), "escaped: linked {file}");
        assert!(std::os::unix::net::UnixListener::bind(file).is_err(), "escaped: bound {file}");
    }
    for file in ["@SPEC@", "@LOCK@", "@SOLUTION@", "@SECRET@", "@LINK@"] {
        assert!(std::fs::remove_file(file).is_err(), "escaped: removed {file}");
        assert!(std::fs::rename(file, "@ROOT@/escape").is_err(), "escaped: renamed {file}");
        assert!(std::fs::OpenOptions::new().append(true).open(file).is_err(), "escaped: opened {file}");
        assert!(std::fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o777)).is_err());
    }
    x.clone()
}
