// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import RedisCore

/// The native resources: for each method what it takes, how its answer is made, and what writes its commands.
extension RouteTable {
    static let resources: [RouteRule] =
        Self.strings + Self.keys + Self.hashes + Self.lists + Self.sets + Self.sortedSets + Self.streams + Self.groups
        + Self.scripts

    private static let remove = Operation(.delete, .removedKey, KeyCommands.delete)

    private static let strings = [
        RouteRule(
            .stringIncrement, "/v1/strings/{key}/increment",
            [Operation(.post, .value, body: .object([.increment]), answer: .json, StringCommands.increment)]),
        RouteRule(
            .stringAppend, "/v1/strings/{key}/append",
            [Operation(.post, .length, body: .octets, answer: .json, StringCommands.append)]),
        RouteRule(
            .strings, "/v1/strings",
            [
                Operation(.get, .namedValues, parameters: [.key, .keyEncoding], answer: .json, StringCommands.read),
                Operation(.patch, .done, body: .pairs(allowsNull: false), StringCommands.write),
                Operation(
                    .query, .namedValues, body: .object([.required("keys", .list)]), answer: .json,
                    StringCommands.query),
            ]),
    ]

    private static let keys = [
        RouteRule(
            .keyRename, "/v1/keys/{key}/rename",
            [
                Operation(
                    .post, .done, body: .object([.required("to", .bytes), .optional("if_absent", .flag)]),
                    KeyCommands.rename)
            ]),
        RouteRule(
            .keyCopy, "/v1/keys/{key}/copy",
            [
                Operation(
                    .post, .copied, body: .object([.required("to", .bytes), .optional("replace", .flag)]),
                    KeyCommands.copy)
            ]),
        RouteRule(
            .keys, "/v1/keys",
            [
                Operation(
                    .get, .keyPage, parameters: [.cursor, .match, .type, .count], answer: .jsonOrLines, KeyCommands.scan
                )
            ]),
    ]

    private static let hashes = [
        RouteRule(
            .hash, "/v1/hashes/{key}",
            [
                Operation(.get, .fields, parameters: [.field], answer: .json, HashCommands.read),
                Operation(.put, .replacedKey, body: .pairs(allowsNull: false), HashCommands.replace),
                Operation(.patch, .done, body: .pairs(allowsNull: true), HashCommands.merge),
                Self.remove,
            ]),
        RouteRule(
            .hashField, "/v1/hashes/{key}/fields/{field}",
            [
                Operation(.get, .element, answer: .octetsOrJSON, HashCommands.readField),
                Operation(.put, .createdMember, body: .octets, HashCommands.writeField),
                Operation(.delete, .removedMember, HashCommands.deleteField),
            ]),
        RouteRule(
            .hashFieldIncrement, "/v1/hashes/{key}/fields/{field}/increment",
            [Operation(.post, .value, body: .object([.increment]), answer: .json, HashCommands.incrementField)]),
    ]

    private static let lists = [
        RouteRule(
            .list, "/v1/lists/{key}",
            [Operation(.get, .items, parameters: [.start, .stop], answer: .json, ListCommands.read), Self.remove]),
        RouteRule(
            .listPush, "/v1/lists/{key}/push",
            [
                Operation(
                    .post, .length,
                    body: .object([
                        .required("values", .list), .optional("side", .word(ListCommands.sides)),
                        .optional("if_exists", .flag),
                    ]), answer: .json, ListCommands.push)
            ]),
        RouteRule(
            .listPop, "/v1/lists/{key}/pop",
            [
                Operation(
                    .post, .poppedValues,
                    body: .object([.optional("side", .word(ListCommands.sides)), .count, .wait]), answer: .json,
                    ListCommands.pop)
            ]),
        RouteRule(
            .listItem, "/v1/lists/{key}/items/{index}",
            [
                Operation(.get, .element, answer: .octetsOrJSON, ListCommands.readItem),
                Operation(.put, .done, body: .octets, ListCommands.writeItem),
            ]),
        RouteRule(
            .listMove, "/v1/lists/{key}/move",
            [
                Operation(
                    .post, .moved,
                    body: .object([
                        .required("to", .bytes), .optional("from_side", .word(ListCommands.sides)),
                        .optional("to_side", .word(ListCommands.sides)), .wait,
                    ]), answer: .json, ListCommands.move)
            ]),
        RouteRule(
            .listTrim, "/v1/lists/{key}/trim",
            [
                Operation(
                    .post, .done,
                    body: .object([
                        .required("start", .integer(.min ... .max)), .required("stop", .integer(.min ... .max)),
                    ]), ListCommands.trim)
            ]),
        RouteRule(
            .listInsert, "/v1/lists/{key}/insert",
            [
                Operation(
                    .post, .inserted,
                    body: .object([
                        .optional("before", .bytes), .optional("after", .bytes), .required("value", .bytes),
                    ]), answer: .json, ListCommands.insert)
            ]),
    ]

    private static let sets = [
        RouteRule(
            .set, "/v1/sets/{key}", [Operation(.get, .members, answer: .json, SetCommands.read), Self.remove]),
        RouteRule(
            .setAdd, "/v1/sets/{key}/add",
            [
                Operation(
                    .post, .added, body: .object([.required("members", .list)]), answer: .json, SetCommands.add)
            ]),
        RouteRule(
            .setRemove, "/v1/sets/{key}/remove",
            [
                Operation(
                    .post, .removed, body: .object([.required("members", .list)]), answer: .json, SetCommands.remove)
            ]),
        RouteRule(
            .setPop, "/v1/sets/{key}/pop",
            [Operation(.post, .poppedMembers, body: .object([.count]), answer: .json, SetCommands.pop)]),
        RouteRule(
            .setMember, "/v1/sets/{key}/members/{member}",
            [
                Operation(.head, .removedMember, retry: .readOnly, SetCommands.hasMember),
                Operation(.put, .createdMember, SetCommands.addMember),
                Operation(.delete, .removedMember, SetCommands.removeMember),
            ]),
        RouteRule(.setUnion, "/v1/set-operations/union", [Self.combination(SetCommands.union)]),
        RouteRule(.setIntersection, "/v1/set-operations/intersection", [Self.combination(SetCommands.intersection)]),
        RouteRule(.setDifference, "/v1/set-operations/difference", [Self.combination(SetCommands.difference)]),
    ]

    private static func combination(
        _ translate: @escaping @Sendable (inout ResourceRequest) throws(Problem) -> Void
    ) -> Operation {
        Operation(.get, .operationMembers, parameters: [.key, .keyEncoding], answer: .json, translate)
    }

    private static let sortedSets = [
        RouteRule(
            .sortedSet, "/v1/sorted-sets/{key}",
            [
                Operation(
                    .get, .scoredMembers, parameters: [.by, .min, .max, .reversed, .offset, .limit], answer: .json,
                    SortedSetCommands.read),
                Self.remove,
            ]),
        RouteRule(
            .sortedSetAdd, "/v1/sorted-sets/{key}/add",
            [
                Operation(
                    .post, .changed, body: .object([.required("members", .scores), .when]), answer: .json,
                    SortedSetCommands.add)
            ]),
        RouteRule(
            .sortedSetRemove, "/v1/sorted-sets/{key}/remove",
            [
                Operation(
                    .post, .removed, body: .object([.required("members", .list)]), answer: .json,
                    SortedSetCommands.remove)
            ]),
        RouteRule(
            .sortedSetPop, "/v1/sorted-sets/{key}/pop",
            [
                Operation(
                    .post, .poppedScores,
                    body: .object([.optional("side", .word(SortedSetCommands.ends)), .count, .wait]), answer: .json,
                    SortedSetCommands.pop)
            ]),
        RouteRule(
            .sortedSetMember, "/v1/sorted-sets/{key}/members/{member}",
            [
                Operation(.get, .rank, answer: .json, SortedSetCommands.readMember),
                Operation(
                    .put, .createdMember,
                    body: .object([.required("score", .number(allowsInfinity: true)), .when]),
                    SortedSetCommands.writeMember),
                Operation(.delete, .removedMember, SortedSetCommands.removeMember),
            ]),
        RouteRule(
            .sortedSetMemberIncrement, "/v1/sorted-sets/{key}/members/{member}/increment",
            [
                Operation(
                    .post, .score, body: .object([.increment]), answer: .json, SortedSetCommands.incrementMember)
            ]),
    ]

    private static let trimming: [BodyMember] = [
        .optional("max_length", .integer(0 ... .max)), .optional("min_id", .bytes), .optional("approximate", .flag),
    ]

    private static let streams = [
        RouteRule(
            .streamEntries, "/v1/streams/{key}/entries",
            [
                Operation(
                    .get, .entries, parameters: [.start, .end, .count, .reversed], answer: .jsonOrEvents,
                    StreamCommands.read),
                Operation(
                    .post, .addedEntry,
                    body: .object(
                        [.required("fields", .pairs), .optional("id", .bytes), .optional("if_exists", .flag)]
                            + Self.trimming), answer: .json, StreamCommands.add),
            ]),
        RouteRule(
            .streamTrim, "/v1/streams/{key}/entries/trim",
            [Operation(.post, .removed, body: .object(Self.trimming), answer: .json, StreamCommands.trim)]),
        RouteRule(
            .streamEntry, "/v1/streams/{key}/entries/{id}",
            [
                Operation(.get, .entry, answer: .json, StreamCommands.readEntry),
                Operation(.delete, .removedMember, StreamCommands.deleteEntry),
            ]),
    ]

    private static let groups = [
        RouteRule(
            .group, "/v1/streams/{key}/groups/{group}",
            [
                Operation(.get, .pendingSummary, answer: .json, GroupCommands.describe),
                Operation(
                    .put, .created,
                    body: .object([.optional("start", .bytes), .optional("create_stream", .flag)]), retry: .unsafe,
                    GroupCommands.create),
                Operation(.delete, .removedMember, GroupCommands.destroy),
            ]),
        RouteRule(
            .groupRead, "/v1/streams/{key}/groups/{group}/read",
            [
                Operation(
                    .post, .readEntries,
                    body: .object([
                        .required("consumer", .bytes), .optional("start", .bytes), .optional("no_ack", .flag), .count,
                        .wait,
                    ]), answer: .json, GroupCommands.read)
            ]),
        RouteRule(
            .groupAcknowledge, "/v1/streams/{key}/groups/{group}/ack",
            [
                Operation(
                    .post, .acknowledged, body: .object([.required("ids", .list)]), answer: .json,
                    GroupCommands.acknowledge)
            ]),
        RouteRule(
            .groupClaim, "/v1/streams/{key}/groups/{group}/claim",
            [
                Operation(
                    .post, .claimedEntries,
                    body: .object([
                        .required("consumer", .bytes), .optional("min_idle_ms", .integer(0 ... .max)),
                        .optional("ids", .list), .optional("start", .bytes), .count,
                    ]), answer: .json, GroupCommands.claim)
            ]),
        RouteRule(
            .groupPending, "/v1/streams/{key}/groups/{group}/pending",
            [
                Operation(
                    .get, .pending, parameters: [.start, .end, .count, .consumer, .minIdle], answer: .json,
                    GroupCommands.pending)
            ]),
    ]

    private static let call: [BodyMember] = [
        .optional("keys", .optionalList), .optional("arguments", .optionalList), .optional("read_only", .flag),
    ]

    private static let scripts = [
        RouteRule(
            .scripts, "/v1/scripts",
            [
                Operation(
                    .post, .loadedScript, body: .octets, answer: .json, retry: .idempotent, ScriptCommands.load)
            ]),
        RouteRule(
            .scriptInvocations, "/v1/scripts/{sha}/invocations",
            [Operation(.post, .scriptResult, body: .object(Self.call), answer: .json, ScriptCommands.invoke)]),
        RouteRule(
            .functionInvocations, "/v1/functions/{name}/invocations",
            [Operation(.post, .scriptResult, body: .object(Self.call), answer: .json, ScriptCommands.invokeFunction)]),
    ]
}
