package netlabs.http;

/** The preconditions of a request to a file (RFC 9110 §13). */
final class Conditions {
    /** What they come to. */
    enum Outcome {
        /** 412: the file is not what the client takes it for. */
        FAILED,
        /** 304: the client has it already. */
        NOT_MODIFIED,
        /** The range that is asked for. */
        RANGE,
        /** All of the file. */
        ALL
    }

    private Conditions() {}

    /** In the order of RFC 9110 §13.2.2: of If-Match and If-Unmodified-Since, the tag is the better witness. */
    static Outcome evaluate(Request request, Resource resource) {
        if (request.ifMatch() != null) {
            if (!resource.tag().stronglyMatches(request.ifMatch())) {
                return Outcome.FAILED;
            }
        } else if (request.ifUnmodifiedSince() != null) {
            Long date = HttpDate.parse(request.ifUnmodifiedSince());
            if (date != null && resource.modifiedSecond() > date) {
                return Outcome.FAILED;
            }
        }
        if (request.ifNoneMatch() != null) {
            if (resource.tag().weaklyMatches(request.ifNoneMatch())) {
                return Outcome.NOT_MODIFIED;
            }
        } else if (request.ifModifiedSince() != null) {
            Long date = HttpDate.parse(request.ifModifiedSince());
            if (date != null && resource.modifiedSecond() <= date) {
                return Outcome.NOT_MODIFIED;
            }
        }
        boolean range = request.range() != null && request.method() == Request.Method.GET;
        return range && (request.ifRange() == null || isUnchanged(request.ifRange(), resource))
                ? Outcome.RANGE
                : Outcome.ALL;
    }

    /** A date is as good as a strong tag if the file could not have changed since within its second (§8.8.2.2). */
    private static boolean isUnchanged(String ifRange, Resource resource) {
        if (ifRange.endsWith("\"")) {
            return !resource.tag().weak() && ifRange.equals(resource.tag().opaque());
        }
        Long date = HttpDate.parse(ifRange);
        return date != null && date == resource.modifiedSecond() && System.currentTimeMillis() / 1000 - date > 1;
    }
}
