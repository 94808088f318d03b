// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The operations of a rule, which live as long as the process: the rules are copied on the way of each request, and a counted
/// reference in them would be most of the cost.
@safe struct OperationList: Sendable {
    private final class Box: Sendable {
        let operations: [Operation]

        init(_ operations: [Operation]) {
            self.operations = operations
        }
    }

    /// Safety: retained once, and never released.
    private let box: Unmanaged<Box>

    init(_ operations: [Operation]) {
        unsafe self.box = .passRetained(Box(operations))
    }

    var operations: [Operation] { unsafe self.box._withUnsafeGuaranteedRef { $0.operations } }
}
