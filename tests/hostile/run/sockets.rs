//! Opens sockets of every kind.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    assert!(std::net::TcpStream::connect("127.0.0.1:@PORT@").is_err(), "escaped: TCP");
    assert!(std::net::TcpListener::bind("127.0.0.1:0").is_err(), "escaped: TCP");
    assert!(std::net::UdpSocket::bind("127.0.0.1:0").is_err(), "escaped: UDP");
    assert!(std::os::unix::net::UnixStream::connect("@SOCKET@").is_err(), "escaped: Unix");
    assert!(std::os::unix::net::UnixDatagram::unbound().is_err(), "escaped: Unix");
    assert!(std::os::unix::net::UnixStream::pair().is_err(), "escaped: Unix");
    // Every family, every type: abstract Unix sockets, netlink, raw, packet, vsock among them.
    for family in 0..46 {
        for kind in 1..7 {
            assert_eq!(unsafe { socket(family, kind, 0) }, -1, "escaped: family {family}, type {kind}");
        }
    }
    x.clone()
}

unsafe extern "C" {
    fn socket(family: i32, kind: i32, protocol: i32) -> i32;
}
