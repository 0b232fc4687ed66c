package netlabs.http;

/**
 * The head of one request (RFC 9112 §3), parsed in place: target and method are sections of the bytes that
 * came, and only the values of the few fields that are rare become strings. So the request of a keep-alive
 * connection costs no object; the next one of that connection is parsed into the same.
 */
final class Request implements FieldLines.Sink {
    /** What the server does with it. */
    enum Method {
        GET,
        HEAD,
        /** A method of RFC 9110 or 5789 that this server does not serve. */
        NOT_ALLOWED,
        UNKNOWN
    }

    private static final int UNSET = -1;
    private static final int MAX_LENGTH_DIGITS = 18;

    private byte[] head;
    private Method method;
    private int lineEnd;

    /** The section of the target that names the resource: a path and a query. */
    private int target;

    private int targetEnd;
    private boolean isHttp11;
    private int hosts;
    private boolean close;
    private boolean keepAlive;
    private long contentLength;
    private boolean chunked;
    private boolean otherCoding;
    private boolean expectsContinue;
    private boolean expectsElse;
    private boolean hasConditions;
    private String range;
    private String ifRange;
    private String ifMatch;
    private String ifNoneMatch;
    private String ifModifiedSince;
    private String ifUnmodifiedSince;

    /**
     * Parses a head that {@link HeadScanner} has let through.
     *
     * @param bytes is kept until the next call
     * @param to behind the empty line
     * @throws RefusedException if it is malformed, or cannot be framed in one way only
     */
    void parse(byte[] bytes, int to) throws RefusedException {
        head = bytes;
        hosts = 0;
        close = false;
        keepAlive = false;
        contentLength = UNSET;
        chunked = false;
        otherCoding = false;
        expectsContinue = false;
        expectsElse = false;
        hasConditions = false;
        range = null;
        ifRange = null;
        ifMatch = null;
        ifNoneMatch = null;
        ifModifiedSince = null;
        ifUnmodifiedSince = null;
        int line = 0;
        while (bytes[line] == '\r' || bytes[line] == '\n') {
            line++;
        }
        int next = parseLine(line);
        FieldLines.parse(bytes, next, to, this);
        checkFraming();
    }

    /**
     * @return the first byte behind the request line
     */
    private int parseLine(int from) throws RefusedException {
        int at = from;
        while (FieldLines.isToken(head[at])) {
            at++;
        }
        if (at == from || head[at] != ' ') {
            throw RefusedException.badRequest("the request line does not begin with a method and a space");
        }
        method = method(from, at);
        target = ++at;
        while (head[at] > ' ') {
            at++;
        }
        targetEnd = at;
        if (targetEnd == target || head[at] != ' ') {
            throw RefusedException.badRequest(
                    head[at] < 0
                            ? "the target has a byte that should be percent-encoded"
                            : "the request line is not a method, a target and a version");
        }
        int version = ++at;
        while (head[at] != '\n') {
            at++;
        }
        int next = at + 1;
        lineEnd = head[at - 1] == '\r' ? at - 1 : at;
        parseVersion(version, lineEnd);
        parseTarget();
        return next;
    }

    private Method method(int from, int to) {
        if (is(from, to, "GET")) {
            return Method.GET;
        }
        if (is(from, to, "HEAD")) {
            return Method.HEAD;
        }
        return switch (FieldLines.text(head, from, to)) {
            case "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH" -> Method.NOT_ALLOWED;
            default -> Method.UNKNOWN;
        };
    }

    private boolean is(int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (head[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void parseVersion(int from, int to) throws RefusedException {
        if (to - from != 8
                || !is(from, from + 5, "HTTP/")
                || head[from + 6] != '.'
                || !isDigit(from + 5)
                || !isDigit(from + 7)) {
            throw RefusedException.badRequest("the request line does not end with a version such as HTTP/1.1");
        }
        if (head[from + 5] != '1') {
            throw new RefusedException(Status.VERSION_NOT_SUPPORTED, "this server speaks HTTP/1.1");
        }
        isHttp11 = head[from + 7] != '0';
    }

    private boolean isDigit(int at) {
        return head[at] >= '0' && head[at] <= '9';
    }

    /** Of an absolute-form target (RFC 9112 §3.2.2) only path and query are looked at: any host is this one. */
    private void parseTarget() throws RefusedException {
        boolean isAsterisk = is(target, targetEnd, "*");
        if (head[target] == '/' || isAsterisk && method != Method.GET && method != Method.HEAD) {
            return;
        }
        int authority = target;
        if (FieldLines.is(head, target, Math.min(target + 7, targetEnd), "http://")) {
            authority += 7;
        } else if (FieldLines.is(head, target, Math.min(target + 8, targetEnd), "https://")) {
            authority += 8;
        } else if (method == Method.NOT_ALLOWED) {
            return; // CONNECT has an authority there; it is refused anyway
        } else {
            throw RefusedException.badRequest("the target is neither a path nor an http URI");
        }
        int path = authority;
        while (path < targetEnd && head[path] != '/' && head[path] != '?') {
            path++;
        }
        checkHost(authority, path);
        if (path == authority || head[authority] == ':') {
            throw RefusedException.badRequest("the URI has no host");
        }
        target = path; // empty: the root
    }

    @Override
    public void field(byte[] bytes, int name, int nameEnd, int value, int valueEnd) throws RefusedException {
        switch (bytes[name] | 0x20) { // a first look that most fields do not pass
            case 'h' -> {
                if (FieldLines.is(bytes, name, nameEnd, "host")) {
                    hosts++;
                    checkHost(value, valueEnd);
                }
            }
            case 'c' -> {
                if (FieldLines.is(bytes, name, nameEnd, "connection")) {
                    connection(value, valueEnd);
                } else if (FieldLines.is(bytes, name, nameEnd, "content-length")) {
                    contentLength(value, valueEnd);
                }
            }
            case 't' -> {
                if (FieldLines.is(bytes, name, nameEnd, "transfer-encoding")) {
                    transferEncoding(value, valueEnd);
                }
            }
            case 'e' -> {
                if (FieldLines.is(bytes, name, nameEnd, "expect")) {
                    expectsContinue = FieldLines.is(bytes, value, valueEnd, "100-continue");
                    expectsElse |= !expectsContinue;
                }
            }
            case 'r' -> {
                if (FieldLines.is(bytes, name, nameEnd, "range")) {
                    range = joined(range, value, valueEnd);
                }
            }
            case 'i' -> condition(name, nameEnd, value, valueEnd);
            default -> {}
        }
    }

    private void condition(int name, int nameEnd, int value, int valueEnd) {
        if (FieldLines.is(head, name, nameEnd, "if-none-match")) {
            ifNoneMatch = joined(ifNoneMatch, value, valueEnd);
        } else if (FieldLines.is(head, name, nameEnd, "if-modified-since")) {
            ifModifiedSince = joined(ifModifiedSince, value, valueEnd);
        } else if (FieldLines.is(head, name, nameEnd, "if-match")) {
            ifMatch = joined(ifMatch, value, valueEnd);
        } else if (FieldLines.is(head, name, nameEnd, "if-unmodified-since")) {
            ifUnmodifiedSince = joined(ifUnmodifiedSince, value, valueEnd);
        } else if (FieldLines.is(head, name, nameEnd, "if-range")) {
            ifRange = joined(ifRange, value, valueEnd);
        }
    }

    /** Several lines of one name are one list (RFC 9110 §5.3); where there may be no list that is no value. */
    private String joined(String before, int value, int valueEnd) {
        hasConditions = true;
        String text = FieldLines.text(head, value, valueEnd);
        return before == null ? text : before + ", " + text;
    }

    private void connection(int value, int valueEnd) {
        for (int from = value; from <= valueEnd; ) {
            int to = from;
            while (to < valueEnd && head[to] != ',') {
                to++;
            }
            int end = to;
            while (from < end && (head[from] == ' ' || head[from] == '\t')) {
                from++;
            }
            while (end > from && (head[end - 1] == ' ' || head[end - 1] == '\t')) {
                end--;
            }
            close |= FieldLines.is(head, from, end, "close");
            keepAlive |= FieldLines.is(head, from, end, "keep-alive");
            from = to + 1;
        }
    }

    private void contentLength(int value, int valueEnd) throws RefusedException {
        if (value == valueEnd || valueEnd - value > MAX_LENGTH_DIGITS) {
            throw RefusedException.badRequest("Content-Length is no length");
        }
        long length = 0;
        for (int i = value; i < valueEnd; i++) {
            if (!isDigit(i)) {
                throw RefusedException.badRequest("Content-Length has something else than digits");
            }
            length = 10 * length + head[i] - '0';
        }
        if (contentLength != UNSET && contentLength != length) {
            throw RefusedException.badRequest("there are two Content-Lengths that differ");
        }
        contentLength = length;
    }

    private void transferEncoding(int value, int valueEnd) throws RefusedException {
        if (chunked || otherCoding) {
            throw RefusedException.badRequest("there are two transfer codings");
        }
        chunked = FieldLines.is(head, value, valueEnd, "chunked");
        otherCoding = !chunked;
    }

    /** Letters, digits and the marks of names, addresses and ports (RFC 3986 §3.2.2). */
    private void checkHost(int from, int to) throws RefusedException {
        boolean literal = from < to && head[from] == '[';
        int at = literal ? behindAddress(from + 1, to) : from;
        while (!literal && at < to && isHostCharacter(head[at])) {
            if (head[at] == '%') {
                if (at + 2 >= to || !isHexDigit(at + 1) || !isHexDigit(at + 2)) {
                    throw noHost();
                }
                at += 2;
            }
            at++;
        }
        if (at < to && head[at] == ':') {
            at++;
            while (at < to && isDigit(at)) {
                at++;
            }
        }
        if (at < to) {
            throw noHost();
        }
    }

    /**
     * @return behind the bracket that ends an address of IPv6: hexadecimal digits, at least two colons, and dots
     */
    private int behindAddress(int from, int to) throws RefusedException {
        int colons = 0;
        int at = from;
        while (at < to && (isHexDigit(at) || head[at] == ':' || head[at] == '.')) {
            colons += head[at] == ':' ? 1 : 0;
            at++;
        }
        if (at == to || head[at] != ']' || colons < 2) {
            throw noHost();
        }
        return at + 1;
    }

    private static RefusedException noHost() {
        return RefusedException.badRequest("the host is no host");
    }

    private boolean isHexDigit(int at) {
        return Character.digit(head[at], 16) >= 0;
    }

    private static boolean isHostCharacter(byte c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c > 0 && "-._~%!$&'()*+,;=".indexOf(c) >= 0;
    }

    /** What two servers in a row could understand differently is understood by neither (RFC 9112 §6.3, §11.2). */
    private void checkFraming() throws RefusedException {
        if (hosts > 1 || isHttp11 && hosts == 0) {
            throw RefusedException.badRequest(hosts == 0 ? "there is no Host" : "there is more than one Host");
        }
        if (otherCoding) {
            throw new RefusedException(Status.NOT_IMPLEMENTED, "the only transfer coding here is chunked");
        }
        if (chunked && contentLength != UNSET) {
            throw RefusedException.badRequest("there are Transfer-Encoding and Content-Length");
        }
        if (chunked && !isHttp11) {
            throw RefusedException.badRequest("HTTP/1.0 has no Transfer-Encoding");
        }
        if (expectsElse && isHttp11) {
            throw new RefusedException(Status.EXPECTATION_FAILED, "the only expectation here is 100-continue");
        }
    }

    Method method() {
        return method;
    }

    /** The bytes that {@link #target} and {@link #targetEnd} are sections of. */
    byte[] bytes() {
        return head;
    }

    int target() {
        return target;
    }

    int targetEnd() {
        return targetEnd;
    }

    /**
     * @return {@code GET /index.html HTTP/1.1}
     */
    String line() {
        int from = 0;
        while (head[from] == '\r' || head[from] == '\n') {
            from++;
        }
        return FieldLines.text(head, from, lineEnd);
    }

    boolean isHttp11() {
        return isHttp11;
    }

    /** Whether the client wants to send another request on this connection (RFC 9112 §9.3). */
    boolean keepsAlive() {
        return !close && (isHttp11 || keepAlive);
    }

    /** Whether the body comes in chunks. */
    boolean isChunked() {
        return chunked;
    }

    /**
     * @return the length of the body in bytes; 0 where there is none, or where it {@link #isChunked}
     */
    long contentLength() {
        return contentLength == UNSET ? 0 : contentLength;
    }

    /** Whether the client waits for a word before it sends the body (RFC 9110 §10.1.1). */
    boolean expectsContinue() {
        return expectsContinue && isHttp11 && (chunked || contentLength > 0);
    }

    /** Whether any of the following fields is there. */
    boolean hasConditions() {
        return hasConditions;
    }

    /** The value of Range; null: there is none. */
    String range() {
        return range;
    }

    /** The value of If-Range; null: there is none. */
    String ifRange() {
        return ifRange;
    }

    /** The value of If-Match; null: there is none. */
    String ifMatch() {
        return ifMatch;
    }

    /** The value of If-None-Match; null: there is none. */
    String ifNoneMatch() {
        return ifNoneMatch;
    }

    /** The value of If-Modified-Since; null: there is none. */
    String ifModifiedSince() {
        return ifModifiedSince;
    }

    /** The value of If-Unmodified-Since; null: there is none. */
    String ifUnmodifiedSince() {
        return ifUnmodifiedSince;
    }
}
