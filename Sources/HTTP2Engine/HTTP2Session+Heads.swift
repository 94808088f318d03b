// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

/// The heads of responses. libnghttp2 says when one is to be sent, and keeps the state of its stream; the frame is written here,
/// because libnghttp2 takes a sixth of all instructions of a request to compress what is nearly the same for each.
extension HTTP2Session {
    /// libnghttp2 has sent a HEADERS frame, as it thinks: nothing of it comes into the output but what is written now.
    /// - Parameters:
    ///   - id: The stream's identifier.
    ///   - flags: Of libnghttp2's frame.
    /// - Returns: false if there is no such stream.
    func writeHead(of id: Int32, flags: UInt8) -> Bool {
        guard let stream = self.stream(id) else { return false }
        let start = self.output.writerIndex
        let room = frameHeaderBytes &+ stream.head.blockBytes
        unsafe self.output.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { memory in
            guard let frame = unsafe memory.baseAddress?.assumingMemoryBound(to: UInt8.self), memory.count >= room
            else {
                return 0
            }
            var writer = unsafe FieldBlockWriter(frame + frameHeaderBytes)
            if stream.facts.contains(.continues) {
                stream.facts.remove(.continues)
                ResponseHead.writeContinue(to: &writer, table: &self.fieldTable)
            } else {
                stream.head.write(to: &writer, table: &self.fieldTable, fields: stream.fields)
            }
            let length = unsafe writer.next - frame
            unsafe Self.writeFrameHeader(
                to: frame, length: length - frameHeaderBytes, type: NGHTTP2.Frame.headers, flags: flags, id: id)
            return length
        }
        if self.output.writerIndex - start > frameHeaderBytes + Self.frameBytes {
            self.splitHead(from: start, id: id, flags: flags)
        }
        return true
    }

    /// The payload that every peer takes (RFC 9113 section 6.5.2).
    private static let frameBytes = 16_384

    /// Cuts a head that is too large for one frame into HEADERS and CONTINUATION frames.
    private func splitHead(from start: Int, id: Int32, flags: UInt8) {
        guard var block = self.output.getSlice(at: start, length: self.output.writerIndex - start) else { return }
        block.moveReaderIndex(forwardBy: frameHeaderBytes)
        self.output.moveWriterIndex(to: start)
        var type = NGHTTP2.Frame.headers
        var flags = flags & ~NGHTTP2.Flag.endHeaders
        while let part = block.readSlice(length: min(Self.frameBytes, block.readableBytes)), part.readableBytes > 0 {
            if block.readableBytes == 0 { flags |= NGHTTP2.Flag.endHeaders }
            self.output.writeInteger(UInt32(part.readableBytes) << 8 | UInt32(type))
            self.output.writeInteger(flags)
            self.output.writeInteger(id)
            self.output.writeImmutableBuffer(part)
            type = NGHTTP2.Frame.continuation
            flags = 0
        }
    }

    /// Writes a frame header (RFC 9113 section 4.1).
    @inline(__always)
    private static func writeFrameHeader(
        to memory: UnsafeMutablePointer<UInt8>, length: Int, type: UInt8, flags: UInt8, id: Int32
    ) {
        let raw = UnsafeMutableRawPointer(memory)
        unsafe raw.storeBytes(
            of: (UInt32(truncatingIfNeeded: length) << 8 | UInt32(type)).bigEndian, as: UInt32.self)
        unsafe memory[4] = flags
        unsafe raw.storeBytes(of: id.bigEndian, toByteOffset: 5, as: Int32.self)
    }
}
