// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore
package import RESP

/// A push of Redis that belongs to subscriptions.
package enum SubscriptionPush: Sendable, Equatable {
    /// A message; `channel` is where it was published, which for a pattern is not the key's name.
    case message(SubscriptionKey, channel: ByteBuffer, payload: ByteBuffer)
    case subscribed(SubscriptionKey)
    case unsubscribed(SubscriptionKey)

    /// Reads a push.
    /// - Returns: nil if it is about something else, or is not formed as it must be.
    package init?(_ push: RESPValue) {
        var elements = push.elements
        guard push.kind == .push, let kind = elements.next(), kind.isString, let name = elements.next(), name.isString
        else { return nil }
        let word = kind.payload.readableBytesView
        func isWord(_ text: StaticString) -> Bool { word.elementsEqual(String(describing: text).utf8) }
        if isWord("message") || isWord("smessage") {
            guard let payload = elements.next(), payload.isString else { return nil }
            let key = SubscriptionKey(isWord("message") ? .channel : .shardChannel, name.payload)
            self = .message(key, channel: name.payload, payload: payload.payload)
        } else if isWord("pmessage") {
            guard let channel = elements.next(), channel.isString, let payload = elements.next(), payload.isString
            else { return nil }
            self = .message(
                SubscriptionKey(.pattern, name.payload), channel: channel.payload, payload: payload.payload)
        } else if isWord("subscribe") {
            self = .subscribed(SubscriptionKey(.channel, name.payload))
        } else if isWord("psubscribe") {
            self = .subscribed(SubscriptionKey(.pattern, name.payload))
        } else if isWord("ssubscribe") {
            self = .subscribed(SubscriptionKey(.shardChannel, name.payload))
        } else if isWord("unsubscribe") {
            self = .unsubscribed(SubscriptionKey(.channel, name.payload))
        } else if isWord("punsubscribe") {
            self = .unsubscribed(SubscriptionKey(.pattern, name.payload))
        } else if isWord("sunsubscribe") {
            self = .unsubscribed(SubscriptionKey(.shardChannel, name.payload))
        } else {
            return nil
        }
    }
}
