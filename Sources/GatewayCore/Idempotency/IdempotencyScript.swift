// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Runs commands once, whatever happens to the connection: their replies are kept in the same atomic step.
///
/// KEYS: the record. ARGV: the request's fingerprint (32 bytes), how long the record is kept in milliseconds, 1 for a transaction
/// and 0 otherwise, the number of commands; and for each command the length of its reply's array (0: as many as there are), the
/// number of its words, and the words. The answer is a letter and the replies in RESP3:
///
/// - `N`: the commands ran now.
/// - `R`: they had run; these are the replies of that time.
/// - `F`: none of them succeeded; nothing is kept.
/// - `X`: the record is that of another request; nothing ran.
///
/// The record is written before the commands run: what makes that impossible (no memory, a replica) comes before them. Numbers
/// beyond 2^53, which Lua cannot hold, are read again as the text that Redis has. What a transaction would refuse to queue is found
/// by COMMAND INFO.
enum IdempotencyScript {
    static let text: StaticString = """
        local record, mark = KEYS[1], ARGV[1]
        local kept = redis.call('GET', record)
        if kept then
          if string.sub(kept, 1, 32) ~= mark then return 'X' end
          return 'R' .. string.sub(kept, 33)
        end
        redis.setresp(3)
        local isTransaction, count = ARGV[3] == '1', tonumber(ARGV[4])
        local function double(n)
          if n ~= n then return 'nan' end
          if n == math.huge then return 'inf' end
          if n == -math.huge then return '-inf' end
          for digits = 15, 17 do
            local s = string.format('%.' .. digits .. 'g', n)
            if tonumber(s) == n then return s end
          end
        end
        local function resp(v, length)
          local t = type(v)
          if t == 'string' then return '$' .. #v .. '\\r\\n' .. v .. '\\r\\n' end
          if t == 'number' then return string.format(':%.0f\\r\\n', v) end
          if t == 'boolean' then return v and '#t\\r\\n' or '#f\\r\\n' end
          if t ~= 'table' then return '_\\r\\n' end
          if v.err then return '-' .. v.err .. '\\r\\n' end
          if v.ok then return '+' .. v.ok .. '\\r\\n' end
          if v.double then return ',' .. double(v.double) .. '\\r\\n' end
          if v.big_number then return '(' .. v.big_number .. '\\r\\n' end
          if v.verbatim_string then
            local s = v.verbatim_string.string
            return '=' .. #s + 4 .. '\\r\\n' .. v.verbatim_string.format .. ':' .. s .. '\\r\\n'
          end
          local parts, n = {}, 0
          if v.map then
            for key, value in pairs(v.map) do
              parts[#parts + 1] = resp(key) .. resp(value)
            end
            return '%' .. #parts .. '\\r\\n' .. table.concat(parts)
          end
          if v.set then
            for member in pairs(v.set) do parts[#parts + 1] = resp(member) end
            return '~' .. #parts .. '\\r\\n' .. table.concat(parts)
          end
          n = length > 0 and length or table.maxn(v)
          for i = 1, n do parts[i] = resp(v[i], 0) end
          return '*' .. n .. '\\r\\n' .. table.concat(parts)
        end
        local function refusal(name, words)
          local info = redis.pcall('COMMAND', 'INFO', name)
          if type(info) ~= 'table' or info.err then return nil end
          local entry = info[1]
          if type(entry) ~= 'table' then return "-ERR unknown command '" .. name .. "'\\r\\n" end
          local arity = entry[2]
          if arity > 0 and words ~= arity or words < -arity then
            return "-ERR wrong number of arguments for '" .. string.lower(name) .. "' command\\r\\n"
          end
        end
        local out, hasRefused, at = {}, false, 5
        if isTransaction then
          out[1] = '+OK\\r\\n'
          for i = 1, count do
            local words = tonumber(ARGV[at + 1])
            local reason = refusal(ARGV[at + 2], words)
            hasRefused = hasRefused or reason ~= nil
            out[#out + 1] = reason or '+QUEUED\\r\\n'
            at = at + 2 + words
          end
          if hasRefused then
            return 'F' .. table.concat(out) .. '-EXECABORT Transaction discarded because of previous errors.\\r\\n'
          end
          out[#out + 1] = '*' .. count .. '\\r\\n'
          at = 5
        end
        redis.call('SET', record, mark, 'PX', ARGV[2])
        local counts = {INCR = 'GET', INCRBY = 'GET', DECR = 'GET', DECRBY = 'GET', HINCRBY = 'HGET'}
        local hasRun = false
        for i = 1, count do
          local words, first = tonumber(ARGV[at + 1]), at + 2
          local reply = redis.pcall(unpack(ARGV, first, first + words - 1))
          local text
          if type(reply) == 'number' and math.abs(reply) >= 9007199254740992 then
            local reader = counts[string.upper(ARGV[first])]
            if reader == 'GET' then text = redis.call('GET', ARGV[first + 1]) end
            if reader == 'HGET' then text = redis.call('HGET', ARGV[first + 1], ARGV[first + 2]) end
          end
          if type(reply) ~= 'table' or not reply.err then hasRun = true end
          out[#out + 1] = text and ':' .. text .. '\\r\\n' or resp(reply, tonumber(ARGV[at]))
          at = first + words
        end
        local replies = table.concat(out)
        if not hasRun then
          redis.call('DEL', record)
          return 'F' .. replies
        end
        redis.call('SET', record, mark .. replies, 'PX', ARGV[2])
        return 'N' .. replies
        """
}
