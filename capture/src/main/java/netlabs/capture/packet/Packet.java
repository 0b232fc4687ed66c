package netlabs.capture.packet;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import netlabs.capture.file.CaptureReader;

/**
 * One packet taken apart: link header, IPv4 (RFC 791) or IPv6 (RFC 8200), TCP (RFC 9293) or UDP (RFC 768). One object
 * is filled anew for each packet; nothing is allocated but for a fragmented one. What lies about its length is cut to
 * what there is; what is too short is {@link Kind#OTHER} with a {@link #remark}. One thread.
 */
public final class Packet {
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int ETHERTYPE_ARP = 0x0806;
    private static final int ETHERTYPE_VLAN = 0x8100;
    private static final int ETHERTYPE_SERVICE_VLAN = 0x88a8;
    private static final int MOST_VLAN_TAGS = 8;

    private static final int HOP_BY_HOP = 0;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int ICMPV6 = 58;
    private static final int NO_NEXT = 59;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int MOBILITY = 135;
    private static final int MOST_EXTENSION_HEADERS = 32;

    private static final int TCP_HEADER_BYTES = 20;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int ICMP_HEADER_BYTES = 8;
    private static final int OPTION_WINDOW_SCALE = 3;
    private static final int GREATEST_SCALE = 14;
    /** Of a Linux cooked header: the packet was sent by this host. */
    private static final int OUTGOING = 4;

    /** What a packet carries, as far as this program looks. */
    public enum Kind {
        TCP,
        UDP,
        OTHER
    }

    private final Fragments fragments = new Fragments();

    private long number;
    private long timeNanos;
    private boolean hasTime;
    private int length;
    private int linkType;
    private int interfaceIndex;
    private boolean isOutgoing;

    private byte[] data;
    /** Behind the last byte that the file has of it. */
    private int end;

    private Kind kind;
    private String remark;
    private int ipVersion;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private int identification;
    private int sourcePort;
    private int destinationPort;
    private int sequence;
    private int acknowledgment;
    private int flags;
    private int window;
    private int checksum;
    private int options;
    private int payload;
    private int payloadLength;
    /** Where an ICMP error has the packet that it is about, and where that ends; 0: nowhere. */
    private int quoted;

    private int quotedLast;
    /** Whether this is such a packet. */
    private boolean isQuoted;

    /** Takes the packet apart that {@code reader} is at; valid until its next one. */
    public void decode(CaptureReader reader) {
        clear();
        number = reader.number();
        timeNanos = reader.timeNanos();
        hasTime = reader.hasTime();
        length = reader.length();
        linkType = reader.linkType();
        interfaceIndex = reader.interfaceNumber();
        data = reader.bytes();
        int at = reader.at();
        payload = at;
        end = at + reader.capturedLength();
        // The packet's own end: in a packet that was cut when it was captured, behind what the file has of it.
        decodeLink(at, (int) Math.min((long) at + Math.max(length, reader.capturedLength()), Integer.MAX_VALUE));
    }

    /**
     * Takes the packet apart that {@code error} quotes; valid as long as that is. What an error quotes is mostly cut.
     *
     * @param error may be this one
     * @return false if it quotes none: it is no ICMP error
     */
    public boolean decodeQuoted(Packet error) {
        int at = error.quoted;
        int last = error.quotedLast;
        int version = error.ipVersion;
        if (at == 0) {
            return false;
        }
        clear();
        number = error.number;
        timeNanos = error.timeNanos;
        hasTime = error.hasTime;
        linkType = error.linkType;
        interfaceIndex = error.interfaceIndex;
        length = last - at;
        isQuoted = true;
        data = error.data;
        payload = at;
        end = Math.min(error.end, last);
        if (version == 4) {
            decodeIpv4(at, last);
        } else {
            decodeIpv6(at, last);
        }
        return true;
    }

    private void clear() {
        isOutgoing = false;
        kind = Kind.OTHER;
        remark = "";
        ipVersion = 0;
        sourcePort = 0;
        destinationPort = 0;
        flags = 0;
        sequence = 0;
        acknowledgment = 0;
        window = 0;
        payloadLength = 0;
        quoted = 0;
        isQuoted = false;
    }

    private void decodeLink(int at, int last) {
        switch (linkType) {
            case LinkTypes.ETHERNET -> decodeEtherType(at + 12, at + 14, last);
            case LinkTypes.LINUX_SLL -> {
                if (has(at, 16)) {
                    isOutgoing = uint16(at) == OUTGOING;
                }
                decodeEtherType(at + 14, at + 16, last);
            }
            case LinkTypes.LINUX_SLL2 -> {
                if (has(at, 20)) {
                    interfaceIndex = int32(at + 4);
                    isOutgoing = data[at + 10] == OUTGOING;
                }
                decodeEtherType(at, at + 20, last);
            }
            case LinkTypes.NULL, LinkTypes.LOOP -> decodeFamily(at, last);
            case LinkTypes.RAW, LinkTypes.RAW_BSD, LinkTypes.RAW_OPENBSD -> {
                if (!has(at, 1)) {
                    remark = "truncated";
                } else if (data[at] >> 4 == 6) {
                    decodeIpv6(at, last);
                } else {
                    decodeIpv4(at, last);
                }
            }
            case LinkTypes.IPV4 -> decodeIpv4(at, last);
            case LinkTypes.IPV6 -> decodeIpv6(at, last);
            default -> remark = "link type " + linkType;
        }
    }

    private void decodeFamily(int at, int last) {
        if (!has(at, 4)) {
            remark = "truncated";
            return;
        }
        int family = int32(at);
        if ((family & 0xffff) == 0 && family != 0) {
            family = Integer.reverseBytes(family); // a loopback of a little-endian machine
        }
        switch (family) {
            case 2 -> decodeIpv4(at + 4, last);
            // of Linux, of NetBSD and OpenBSD, of FreeBSD, of macOS
            case 10, 24, 28, 30 -> decodeIpv6(at + 4, last);
            default -> remark = "address family " + family;
        }
    }

    private void decodeEtherType(int typeAt, int payloadAt, int last) {
        int at = typeAt;
        int next = payloadAt;
        for (int tags = 0; ; tags++) {
            if (!has(at, 2)) {
                remark = "truncated";
                return;
            }
            int type = uint16(at);
            switch (type) {
                case ETHERTYPE_IPV4 -> decodeIpv4(next, last);
                case ETHERTYPE_IPV6 -> decodeIpv6(next, last);
                case ETHERTYPE_ARP -> remark = "ARP";
                case ETHERTYPE_VLAN, ETHERTYPE_SERVICE_VLAN -> {
                    if (tags < MOST_VLAN_TAGS) {
                        at = next + 2;
                        next += 4;
                        continue;
                    }
                    remark = "VLAN tags in VLAN tags";
                }
                default -> remark = type < 0x0600 ? "IEEE 802.3" : "EtherType 0x" + hex(type);
            }
            return;
        }
    }

    private void decodeIpv4(int at, int last) {
        if (!has(at, 20)) {
            remark = "truncated";
            return;
        }
        int headerBytes = (data[at] & 0x0f) * 4;
        if (data[at] >> 4 != 4 || headerBytes < 20) {
            remark = "not an IPv4 header";
            return;
        }
        ipVersion = 4;
        sourceHigh = 0;
        sourceLow = int32(at + 12) & 0xffff_ffffL;
        destinationHigh = 0;
        destinationLow = int32(at + 16) & 0xffff_ffffL;
        identification = uint16(at + 4);
        int total = uint16(at + 2);
        // 0: left to the network card to cut into segments. Longer than the frame: a lie.
        int ipLast = total == 0 ? last : Math.min(last, at + Math.max(total, headerBytes));
        int protocol = data[at + 9] & 0xff;
        int fragment = uint16(at + 6) & 0x3fff; // more fragments, and the offset in 8 bytes
        if (fragment != 0) {
            int position = (fragment & 0x1fff) * 8;
            decodeFragment(protocol, position, (fragment & 0x2000) != 0, at + headerBytes, ipLast);
        } else {
            decodeTransport(protocol, at + headerBytes, ipLast);
        }
    }

    private void decodeIpv6(int at, int last) {
        if (!has(at, 40)) {
            remark = "truncated";
            return;
        }
        if ((data[at] & 0xf0) != 0x60) {
            remark = "not an IPv6 header";
            return;
        }
        ipVersion = 6;
        sourceHigh = int64(at + 8);
        sourceLow = int64(at + 16);
        destinationHigh = int64(at + 24);
        destinationLow = int64(at + 32);
        identification = 0;
        int total = uint16(at + 4);
        int ipLast = total == 0 ? last : Math.min(last, at + 40 + total);
        int next = data[at + 6] & 0xff;
        int header = at + 40;
        for (int i = 0; i < MOST_EXTENSION_HEADERS; i++) {
            switch (next) {
                case HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS, MOBILITY, AUTHENTICATION -> {
                    if (!has(header, 2)) {
                        remark = "truncated";
                        return;
                    }
                    int units = data[header + 1] & 0xff;
                    int bytes = next == AUTHENTICATION ? (units + 2) * 4 : (units + 1) * 8;
                    next = data[header] & 0xff;
                    header += bytes;
                }
                case FRAGMENT -> {
                    if (!has(header, 8)) {
                        remark = "truncated";
                        return;
                    }
                    int field = uint16(header + 2);
                    identification = int32(header + 4);
                    next = data[header] & 0xff;
                    header += 8;
                    if ((field & 0xfff9) != 0) { // else a fragment that is the whole (RFC 6946)
                        decodeFragment(next, field & 0xfff8, (field & 1) != 0, header, ipLast);
                        return;
                    }
                }
                default -> {
                    decodeTransport(next, header, ipLast);
                    return;
                }
            }
        }
        remark = "IPv6 extension headers without end";
    }

    private void decodeFragment(int protocol, int position, boolean isMore, int at, int last) {
        remark = ipVersion == 4 ? "IPv4 fragment" : "IPv6 fragment";
        if (last > end || last <= at || isQuoted) {
            return; // not all of it is in the file
        }
        byte[] whole = fragments.add(
                sourceHigh,
                sourceLow,
                destinationHigh,
                destinationLow,
                (long) identification << 8 | protocol,
                position,
                isMore,
                data,
                at,
                last - at);
        if (whole != null) {
            remark = "";
            data = whole;
            end = whole.length;
            decodeTransport(protocol, 0, whole.length);
        }
    }

    private void decodeTransport(int protocol, int at, int last) {
        payload = Math.min(at, end);
        payloadLength = Math.max(0, last - at);
        switch (protocol) {
            case TCP -> decodeTcp(at, last);
            case UDP -> decodeUdp(at, last);
            case ICMP -> remark = icmp(at, last, false);
            case ICMPV6 -> remark = icmp(at, last, true);
            case NO_NEXT -> remark = "IPv6 without content";
            default -> remark = "IP protocol " + protocol;
        }
    }

    private void decodeTcp(int at, int last) {
        if (last - at < TCP_HEADER_BYTES || !has(at, TCP_HEADER_BYTES)) {
            remark = "TCP, truncated";
            return;
        }
        int headerBytes = (data[at + 12] >> 4 & 0x0f) * 4;
        if (headerBytes < TCP_HEADER_BYTES) {
            remark = "TCP, header of " + headerBytes + " bytes";
            return;
        }
        kind = Kind.TCP;
        sourcePort = uint16(at);
        destinationPort = uint16(at + 2);
        sequence = int32(at + 4);
        acknowledgment = int32(at + 8);
        flags = uint16(at + 12) & 0x01ff;
        window = uint16(at + 14);
        checksum = uint16(at + 16);
        options = at + TCP_HEADER_BYTES;
        payload = Math.min(at + headerBytes, end);
        payloadLength = Math.max(0, last - at - headerBytes);
    }

    private void decodeUdp(int at, int last) {
        if (last - at < UDP_HEADER_BYTES || !has(at, UDP_HEADER_BYTES)) {
            remark = "UDP, truncated";
            return;
        }
        kind = Kind.UDP;
        sourcePort = uint16(at);
        destinationPort = uint16(at + 2);
        int total = uint16(at + 4);
        checksum = uint16(at + 6);
        payload = at + UDP_HEADER_BYTES;
        // 0: a jumbogram (RFC 2675)
        payloadLength =
                (total == 0 ? last - at : Math.min(last - at, Math.max(total, UDP_HEADER_BYTES))) - UDP_HEADER_BYTES;
    }

    /** The errors that a student meets have words; the rest has numbers. */
    private String icmp(int at, int last, boolean isV6) {
        String name = isV6 ? "ICMPv6" : "ICMP";
        if (last - at < 2 || !has(at, 2)) {
            return name + ", truncated";
        }
        int type = data[at] & 0xff;
        int code = data[at + 1] & 0xff;
        if (isError(type, isV6)) {
            quoted = at + ICMP_HEADER_BYTES;
            quotedLast = last;
        }
        if (type == (isV6 ? 1 : 3)) {
            return name + " destination unreachable" + (code == (isV6 ? 4 : 3) ? " (port)" : ", code " + code);
        }
        if (type == (isV6 ? 128 : 8)) {
            return name + " echo request";
        }
        if (type == (isV6 ? 129 : 0)) {
            return name + " echo reply";
        }
        return name + " type " + type;
    }

    /** RFC 792: unreachable, source quench, redirect, time exceeded, parameter problem. RFC 4443 §2.1 has 1 to 4. */
    private static boolean isError(int type, boolean isV6) {
        return isV6 ? type >= 1 && type <= 4 : type >= 3 && type <= 5 || type == 11 || type == 12;
    }

    private boolean has(int at, int count) {
        return end - at >= count;
    }

    private int uint16(int at) {
        return (data[at] & 0xff) << 8 | data[at + 1] & 0xff;
    }

    private int int32(int at) {
        byte[] b = data;
        return b[at] << 24 | (b[at + 1] & 0xff) << 16 | (b[at + 2] & 0xff) << 8 | b[at + 3] & 0xff;
    }

    private long int64(int at) {
        return (long) int32(at) << 32 | int32(at + 4) & 0xffff_ffffL;
    }

    private static String hex(int value) {
        String digits = Integer.toHexString(value);
        return "0000".substring(digits.length()) + digits;
    }

    /**
     * @return what the packet carries; a packet of fragments is it in the frame that completes it
     */
    public Kind kind() {
        return kind;
    }

    /**
     * @return what it is if it has no transport header here: {@code ARP}, {@code truncated}; else empty
     */
    public String remark() {
        return remark;
    }

    /**
     * @return of the frame in its file, from 1
     */
    public long number() {
        return number;
    }

    /**
     * @return since 1970-01-01 UTC; 0 if the file does not say
     */
    public long timeNanos() {
        return timeNanos;
    }

    /** Whether the file says when it was captured. */
    public boolean hasTime() {
        return hasTime;
    }

    /**
     * @return on the wire, in bytes
     */
    public int length() {
        return length;
    }

    /**
     * @return 4, 6, or 0 if it is neither
     */
    public int ipVersion() {
        return ipVersion;
    }

    /**
     * @return where it was captured: ifindex, or the number of the interface in a pcapng file; 0 if the file does not say
     */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /** Whether this host sent it: known of packets captured on {@code any}. */
    public boolean isOutgoing() {
        return isOutgoing;
    }

    /**
     * @return the first 64 bits of an IPv6 address; 0 of IPv4
     */
    public long sourceHigh() {
        return sourceHigh;
    }

    /**
     * @return the last 64 bits of an IPv6 address; the 32 of IPv4
     */
    public long sourceLow() {
        return sourceLow;
    }

    public long destinationHigh() {
        return destinationHigh;
    }

    public long destinationLow() {
        return destinationLow;
    }

    /**
     * @return of an IPv4 packet; of IPv6 only in fragments, else 0
     */
    public int identification() {
        return identification;
    }

    public int sourcePort() {
        return sourcePort;
    }

    public int destinationPort() {
        return destinationPort;
    }

    /**
     * @return as in the header
     */
    public int sequence() {
        return sequence;
    }

    /**
     * @return as in the header, also without the flag ACK
     */
    public int acknowledgment() {
        return acknowledgment;
    }

    /**
     * @return the nine control bits of TCP
     */
    public int flags() {
        return flags;
    }

    /**
     * @return as in the header, not scaled
     */
    public int window() {
        return window;
    }

    /**
     * @return of TCP or UDP, as in the header; not checked: it is often the network card that fills it in
     */
    public int checksum() {
        return checksum;
    }

    /**
     * @return bytes behind the transport header as sent
     */
    public int payloadLength() {
        return payloadLength;
    }

    /**
     * @return the array with {@link #payload}
     */
    public byte[] data() {
        return data;
    }

    /**
     * @return where the payload begins
     */
    public int payload() {
        return payload;
    }

    /**
     * @return how much of the payload the file has
     */
    public int capturedPayload() {
        return Math.max(0, Math.min(payloadLength, end - payload));
    }

    /**
     * @return some of its bytes: the end of the TCP options, where the time stamps are, and the beginning of the
     *     payload. The checksum is not enough, often the network card fills it in
     */
    public long sample() {
        long sample = 0;
        int behind = Math.min(end, payload + 16);
        for (int i = Math.max(kind == Kind.TCP ? options : payload, payload - 8); i < behind; i++) {
            sample = sample * 0x100_0000_01b3L ^ data[i] & 0xff; // FNV-1
        }
        return sample;
    }

    /**
     * @return the shift of the window scale option (RFC 7323 §2); -1 if there is none
     */
    public int windowScale() {
        int at = option(OPTION_WINDOW_SCALE);
        return at < 0 || data[at + 1] != 3 || !has(at, 3) ? -1 : Math.min(data[at + 2] & 0xff, GREATEST_SCALE);
    }

    private int option(int wanted) {
        int at = options;
        while (at < payload) {
            int type = data[at];
            if (type == 0) {
                return -1;
            }
            if (type == 1) {
                at++;
                continue;
            }
            if (at + 1 >= payload || data[at + 1] < 2) {
                return -1;
            }
            if (type == wanted) {
                return at;
            }
            at += data[at + 1];
        }
        return -1;
    }

    /**
     * @return the sender; null if it is no IP packet
     */
    public InetSocketAddress source() {
        return ipVersion == 0 ? null : socket(ipVersion, sourceHigh, sourceLow, sourcePort);
    }

    /**
     * @return the receiver, likewise
     */
    public InetSocketAddress destination() {
        return ipVersion == 0 ? null : socket(ipVersion, destinationHigh, destinationLow, destinationPort);
    }

    /**
     * @param ipVersion 4 or 6
     * @param high the first 64 bits of an IPv6 address
     * @param low the rest, or an IPv4 address
     */
    public static InetSocketAddress socket(int ipVersion, long high, long low, int port) {
        byte[] address = new byte[ipVersion == 4 ? 4 : 16];
        for (int i = 0; i < address.length; i++) {
            int fromEnd = address.length - 1 - i;
            address[i] = (byte) (fromEnd < 8 ? low >>> 8 * fromEnd : high >>> 8 * (fromEnd - 8));
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // of 4 or 16 bytes
        }
    }
}
