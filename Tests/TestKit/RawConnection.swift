// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Glibc

/// A blocking socket, for bytes that no client library would send.
package final class RawConnection {
    private let descriptor: Int32

    /// Connects to a port of this machine.
    package init?(port: Int) {
        self.descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let descriptor = self.descriptor
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { return nil }
    }

    /// Connects to a unix socket.
    package init?(path: String) {
        self.descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { target in
            for (index, byte) in bytes.prefix(target.count - 1).enumerated() {
                unsafe target[index] = byte
            }
        }
        let descriptor = self.descriptor
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { return nil }
    }

    deinit {
        Glibc.close(self.descriptor)
    }

    /// - Returns: false if the peer has gone.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.send(
                    self.descriptor, buffer.baseAddress?.advanced(by: sent), bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    package func send(_ text: String) -> Bool {
        self.send(Array(text.utf8))
    }

    /// What the peer has sent; empty if it has closed, nil if nothing came in time.
    package func receive(seconds: Double = 5) -> [UInt8]? {
        var request = pollfd(fd: self.descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&request, 1, Int32(seconds * 1000)) > 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe recv(self.descriptor, $0.baseAddress, 65_536, 0) }
        return count > 0 ? Array(bytes.prefix(count)) : []
    }

    /// Everything until the peer closes; nil if it does not in time.
    package func receiveAll(seconds: Double = 5) -> [UInt8]? {
        var all: [UInt8] = []
        let end = Wait.now() + seconds
        while Wait.now() < end {
            guard let bytes = self.receive(seconds: end - Wait.now()) else { return nil }
            if bytes.isEmpty { return all }
            all += bytes
        }
        return nil
    }
}
