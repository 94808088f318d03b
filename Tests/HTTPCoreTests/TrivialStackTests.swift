// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import Testing

@Suite("Trivial stacks")
struct TrivialStackTests {
    @Test("whatever is put in and taken out, it holds what an array would")
    func model() {
        var stack = TrivialStack<Int>()
        var model: [Int] = []
        var random = SystemRandomNumberGenerator()
        for step in 0..<5000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1: #expect(stack.popLast() == model.popLast())
            case 2:
                guard let index = model.indices.randomElement(using: &random) else { continue }
                stack.swapRemove(at: index)
                model.swapAt(index, model.count - 1)
                model.removeLast()
            case 3:
                let number = Int.random(in: 0...step, using: &random)
                #expect(stack.firstIndex { $0 == number } == model.firstIndex(of: number))
            case 4 where step % 50 == 0:
                stack.removeAll()
                model.removeAll()
            default:
                stack.append(step)
                model.append(step)
            }
            #expect(stack.count == model.count && stack.isEmpty == model.isEmpty && stack.last == model.last)
        }
        #expect((0..<stack.count).map { stack[$0] } == model)
    }
}
