-- Wireshark dissector for the frames of lab-binary-protocol; README.md beside it says how to use it.
--
--   fixed                  version (1), order (4), size (4), text (20, padded)     Python struct !BLL20s
--   variable, order-size   version (1), order (4), size (4), text (size)           Python struct !BLL
--   variable, size-order   version (1), size (4), order (4), text (size)           the public Python original
--
-- Nothing in the bytes says which it is, so it is a preference.

local FIXED, VARIABLE = 0, 1
local ORDER_SIZE, SIZE_ORDER = 0, 1
local HEADER_BYTES = 9
local TEXT_BYTES = 20
-- What is larger is not waited for: Wireshark would collect segments until its memory is full.
local MAX_SIZE = 16 * 1024 * 1024

local binary = Proto("netlabs_binary", "netlabs binary frames")

binary.prefs.kind = Pref.enum("Kind", FIXED, "Frames of 29 bytes, or a header and as many bytes as it says",
  { { "fixed", "fixed", FIXED }, { "variable", "variable", VARIABLE } }, false)
binary.prefs.layout = Pref.enum("Layout", ORDER_SIZE, "Which number is the first in a variable frame",
  { { "order-size", "order-size", ORDER_SIZE }, { "size-order", "size-order", SIZE_ORDER } }, false)
binary.prefs.port = Pref.uint("TCP port", 5005, "The server's port")

local fields = {
  version = ProtoField.uint8("netlabs_binary.version", "Version"),
  order = ProtoField.uint32("netlabs_binary.order", "Order"),
  size = ProtoField.uint32("netlabs_binary.size", "Size", base.DEC, nil, nil, "Of the whole message, in bytes"),
  text = ProtoField.string("netlabs_binary.text", "Text", base.UNICODE),
  padding = ProtoField.bytes("netlabs_binary.padding", "Padding"),
}
binary.fields = fields

local unknown_version =
  ProtoExpert.new("netlabs_binary.unknown_version", "Only version 1 is known", expert.group.MALFORMED, expert.severity.ERROR)
local too_large =
  ProtoExpert.new("netlabs_binary.too_large", "Too large to be waited for", expert.group.MALFORMED, expert.severity.ERROR)
binary.experts = { unknown_version, too_large }

-- A long message takes several fixed frames, and only its last one has padding. How far the message of a sender has
-- come is remembered while Wireshark reads the capture for the first time; what follows for each frame is kept.
local senders = {}
local text_lengths = {}
local stream_of = Field.new("tcp.stream")

function binary.init()
  senders = {}
  text_lengths = {}
end

local function sender_of(pinfo)
  return stream_of().value .. ":" .. pinfo.src_port
end

-- What would be a message's last frame is the first of another if the bytes behind its text are no padding: an
-- original's, which sends the first 20 bytes of a longer message and no more.
local function is_padded_behind(tvb, text_bytes)
  for i = HEADER_BYTES + text_bytes + 1, HEADER_BYTES + TEXT_BYTES - 1 do
    if tvb(i, 1):uint() ~= tvb(i - 1, 1):uint() then
      return false
    end
  end
  return true
end

local function text_length(tvb, pinfo, order, size)
  local sender = sender_of(pinfo)
  local key = sender .. ":" .. order .. ":" .. size
  if not pinfo.visited then
    local message = senders[sender]
    if message and message.left > 0 and message.size == size and order == (message.order + 1) % 4294967296
      and is_padded_behind(tvb, message.left) then
      message.order = order
    else
      message = { size = size, left = size, order = order }
      senders[sender] = message
    end
    text_lengths[key] = math.min(TEXT_BYTES, message.left)
    message.left = message.left - text_lengths[key]
  end
  return text_lengths[key] or math.min(TEXT_BYTES, size)
end

local function is_variable()
  return binary.prefs.kind == VARIABLE
end

local function offsets()
  if is_variable() and binary.prefs.layout == SIZE_ORDER then
    return 5, 1
  end
  return 1, 5
end

-- Wireshark asks for the length as soon as a header is there, and comes back when that much is.
local function frame_length(tvb, _, offset)
  if not is_variable() then
    return HEADER_BYTES + TEXT_BYTES
  end
  local _, size_at = offsets()
  local size = tvb(offset + size_at, 4):uint()
  if tvb(offset, 1):uint() ~= 1 or size > MAX_SIZE then
    return tvb:len() - offset -- no frame: nothing can be known of what follows either
  end
  return HEADER_BYTES + size
end

local function dissect_frame(tvb, pinfo, root)
  local tree = root:add(binary, tvb())
  local version = tvb(0, 1):uint()
  local version_item = tree:add(fields.version, tvb(0, 1))
  if version ~= 1 then
    version_item:add_proto_expert_info(unknown_version)
    pinfo.cols.info:append(" malformed")
    return tvb:len()
  end
  local order_at, size_at = offsets()
  local order = tvb(order_at, 4):uint()
  local size = tvb(size_at, 4):uint()
  local size_item
  if order_at < size_at then
    tree:add(fields.order, tvb(order_at, 4))
    size_item = tree:add(fields.size, tvb(size_at, 4))
  else
    size_item = tree:add(fields.size, tvb(size_at, 4))
    tree:add(fields.order, tvb(order_at, 4))
  end
  local length = tvb:len() - HEADER_BYTES
  if is_variable() and size > MAX_SIZE then
    size_item:add_proto_expert_info(too_large)
    pinfo.cols.info:append(" malformed")
    return tvb:len()
  end
  local text_bytes = is_variable() and size or text_length(tvb, pinfo, order, size)
  if text_bytes > 0 then
    tree:add_packet_field(fields.text, tvb(HEADER_BYTES, text_bytes), ENC_UTF_8)
  end
  if length > text_bytes then
    tree:add(fields.padding, tvb(HEADER_BYTES + text_bytes, length - text_bytes))
  end
  tree:append_text(", order " .. order .. ", size " .. size)
  pinfo.cols.info:append(" order=" .. order .. " size=" .. size)
  return tvb:len()
end

function binary.dissector(tvb, pinfo, tree)
  pinfo.cols.protocol = "NETLABS"
  pinfo.cols.info = (is_variable() and "variable" or "fixed") .. ":"
  dissect_tcp_pdus(tvb, tree, is_variable() and HEADER_BYTES or HEADER_BYTES + TEXT_BYTES, frame_length, dissect_frame)
  return tvb:len()
end

local port = 0

local function listen()
  local tcp = DissectorTable.get("tcp.port")
  if port ~= 0 then
    tcp:remove(port, binary)
  end
  port = binary.prefs.port
  if port ~= 0 then
    tcp:add(port, binary)
  end
end

function binary.prefs_changed()
  if port ~= binary.prefs.port then
    listen()
  end
end

listen()
