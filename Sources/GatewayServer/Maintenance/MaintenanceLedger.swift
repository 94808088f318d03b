// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import DequeModule
import NIOCore
import RedisCore
import Telemetry

/// Makes one world of what the event loops see of their upstream's maintenance, and one revision of each change in it.
/// Pure; ``MaintenanceBoard`` guards it and spreads what comes of it.
struct MaintenanceLedger {
    /// A revision as watchers and logs see it.
    struct Event: Sendable {
        var revision: Int
        var at: NIODeadline
        var note: MaintenanceNote
        /// The event as JSON.
        var json: ByteBuffer
        /// The same as a server-sent event.
        var frame: ByteBuffer
    }

    /// Events that are kept, the newest ones.
    static let historyLimit = 64

    /// What this process is known by: another one's revisions are not mistaken for its own.
    let mark: String
    let endpoint: String
    let clock: WallClock
    private(set) var revision = 0
    /// When ``state`` last changed.
    private(set) var since: NIODeadline
    private(set) var state = MaintenanceState.down
    private(set) var picture: UpstreamMaintenance
    private(set) var history: Deque<Event> = []
    private var pictures: [UpstreamMaintenance]
    private var tally: NoteTally
    private var essence: MaintenanceEssence
    /// What watchers were told last.
    private var told:
        (
            state: UpstreamMaintenance.State, overall: MaintenanceState,
            notifications: UpstreamMaintenance.Notifications
        )

    /// - Parameters:
    ///   - mark: What this process is known by.
    ///   - endpoint: Where the upstream is, without credentials.
    ///   - pictures: What each event loop sees at the start; at least one.
    ///   - now: The present.
    ///   - clock: Tells the times of events.
    init(mark: String, endpoint: String, pictures: [UpstreamMaintenance], now: NIODeadline, clock: WallClock) {
        self.mark = mark
        self.endpoint = endpoint
        self.clock = clock
        self.since = now
        self.pictures = pictures
        self.picture =
            UpstreamMaintenance.merged(pictures) ?? UpstreamMaintenance(mode: .auto, configuredTimeout: .zero)
        self.tally = NoteTally(loops: pictures.count)
        self.essence = MaintenanceEssence(self.picture, after: nil)
        // The servers' answers have not been told to anybody yet.
        self.told = (self.picture.state, self.state, .off)
    }

    /// Takes what an event loop has to tell.
    /// - Parameters:
    ///   - notes: What has happened there, in order.
    ///   - picture: What the loop sees now.
    ///   - loop: The loop's number.
    ///   - now: The present.
    /// - Returns: The new events; none if only counts have changed, or if all is known from other loops.
    mutating func report(
        _ notes: [MaintenanceNote], _ picture: UpstreamMaintenance, from loop: Int, now: NIODeadline
    ) -> [Event] {
        guard self.pictures.indices.contains(loop), let last = notes.last else { return [] }
        self.pictures[loop] = picture
        self.picture = UpstreamMaintenance.merged(self.pictures) ?? picture
        self.updateState(now: now)
        let essence = MaintenanceEssence(self.picture, after: self.essence)
        let hasChanged = essence != self.essence
        self.essence = essence
        var news = notes.filter { self.isNews($0, from: loop) }
        if news.isEmpty, hasChanged {
            // The others have told it, but the world has changed once more with this loop.
            news = [notes.last { Self.isEnd($0) } ?? last]
        }
        return news.map { self.append($0, now: now) }
    }

    private mutating func append(_ note: MaintenanceNote, now: NIODeadline) -> Event {
        self.revision += 1
        let event = self.event(self.outcome(of: note), now: now)
        if self.history.count == Self.historyLimit { self.history.removeFirst() }
        self.history.append(event)
        return event
    }

    private mutating func updateState(now: NIODeadline) {
        let unusable = self.pictures.count { $0.state == .reconnecting || $0.state == .down }
        let state: MaintenanceState
        if unusable == self.pictures.count {
            state = .down
        } else if unusable > 0 {
            state = .degraded
        } else {
            state = self.picture.state == .normal ? .normal : .maintenance
        }
        guard state != self.state else { return }
        self.state = state
        self.since = now
    }

    private mutating func isNews(_ note: MaintenanceNote, from loop: Int) -> Bool {
        switch note.change {
        case .state:
            let isNews = self.told.state != self.picture.state || self.told.overall != self.state
            self.told.state = self.picture.state
            self.told.overall = self.state
            return isNews
        case .notifications:
            let isNews = self.told.notifications != self.picture.notifications
            self.told.notifications = self.picture.notifications
            return isNews
        case .windowClosed(let kind), .windowExpired(let kind):
            return self.tally.tell(note, by: loop, isRipe: !self.hasWindow(kind, note.sequence))
        case .handoff: return self.tally.tell(note, by: loop, isRipe: !Self.isEnd(note) || !self.goesOn(note))
        case .windowOpened, .targetRefused, .peerNotAdvertised: return self.tally.tell(note, by: loop, isRipe: true)
        }
    }

    /// Whether a move has ended.
    private static func isEnd(_ note: MaintenanceNote) -> Bool {
        switch note.change {
        case .handoff(.done), .handoff(.failed): true
        default: false
        }
    }

    private func hasWindow(_ kind: WindowKind, _ sequence: Int64?) -> Bool {
        self.picture.windows.contains { $0.kind == kind && $0.sequence == sequence }
    }

    private func goesOn(_ note: MaintenanceNote) -> Bool {
        self.picture.handoffs.contains { $0.identity.sequence == note.sequence && $0.identity.target == note.target }
    }

    /// The note as it holds for all loops.
    private func outcome(of note: MaintenanceNote) -> MaintenanceNote {
        var note = note
        switch note.change {
        case .state: note.change = .state(self.picture.state)
        case .notifications: note.change = .notifications(self.picture.notifications)
        case .handoff(.done), .handoff(.failed):
            if let last = self.picture.lastHandoff, last.identity.sequence == note.sequence,
                last.identity.target == note.target
            {
                note.change = .handoff(last.phase)
            }
        case .handoff, .windowOpened, .windowClosed, .windowExpired, .targetRefused, .peerNotAdvertised: break
        }
        return note
    }

    /// The `id:` of a revision.
    func id(of revision: Int) -> String { "\(self.mark)-\(revision)" }

    private func event(_ note: MaintenanceNote, now: NIODeadline) -> Event {
        let json = MaintenanceDocument.event(note, revision: self.revision, at: now, clock: self.clock)
        let frame = MaintenanceDocument.frame("change", id: self.id(of: self.revision), data: json)
        return Event(revision: self.revision, at: now, note: note, json: json, frame: frame)
    }
}
