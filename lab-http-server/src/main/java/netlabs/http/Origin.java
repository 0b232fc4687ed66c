package netlabs.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import netlabs.common.net.CutOffException;

/**
 * What a request is answered with: the origin server of RFC 9110 for the files of a {@link Site}, whatever
 * connection the request came by. Any thread.
 */
final class Origin {
    private static final int MOST_LOOKS = 5;

    private final Site site;
    private final boolean lists;
    private final HotFiles hot;

    /**
     * @param lists whether a folder without index.html is answered with what is in it
     */
    Origin(Site site, boolean lists, HotFiles hot) {
        this.site = site;
        this.lists = lists;
        this.hot = hot;
    }

    /** Never fails: an error is an answer too. */
    Answer answer(Request request) {
        Answer answer = withBody(request);
        return request.method() == Request.Method.HEAD ? answer.withoutBody() : answer;
    }

    private Answer withBody(Request request) {
        try {
            return switch (request.method()) {
                case GET, HEAD -> found(request);
                case NOT_ALLOWED ->
                    error(new RefusedException(Status.METHOD_NOT_ALLOWED, "files can be got here, and nothing else"));
                case UNKNOWN ->
                    error(new RefusedException(Status.NOT_IMPLEMENTED, "the server does not know this method"));
            };
        } catch (RefusedException e) {
            return error(e);
        }
    }

    private Answer found(Request request) throws RefusedException {
        long now = System.nanoTime();
        HotFiles.Entry entry = hot.find(request.bytes(), request.target(), request.targetEnd());
        if (entry != null && entry.isFresh(now)) {
            return answer(request, entry.resource(), entry);
        }
        Target target = Target.parse(request.bytes(), request.target(), request.targetEnd());
        for (int looks = 1; ; looks++) {
            try {
                return look(request, target, entry, now);
            } catch (RefusedException e) {
                // A file that is replaced between the look and the open is one that the tag is not of.
                if (e.status() != Status.SERVICE_UNAVAILABLE || looks == MOST_LOOKS) {
                    throw e;
                }
            }
        }
    }

    /** Finds out what is there now, and answers with it. */
    private Answer look(Request request, Target target, HotFiles.Entry entry, long now) throws RefusedException {
        Site.Found found = null;
        boolean isUnchanged = false;
        try {
            found = site.find(target);
            isUnchanged = entry != null && isUnchanged(entry, found);
        } finally {
            if (entry != null && !isUnchanged) {
                hot.remove(entry);
            }
        }
        if (isUnchanged) {
            entry.seen(now);
            return answer(request, entry.resource(), entry);
        }
        if (found instanceof Site.Found.File file) {
            return answer(request, file.resource(), null);
        }
        return found instanceof Site.Found.Folder folder ? folder(target, folder.path()) : moved(target);
    }

    /** Whether the file may still be sent from memory: who may read it can change without a new time of modification. */
    private boolean isUnchanged(HotFiles.Entry entry, Site.Found found) {
        return found instanceof Site.Found.File file
                && entry.resource().isUnchanged(file.resource())
                && site.mayRead(file.resource());
    }

    private static Answer moved(Target target) {
        String location = target.asFolder();
        return page(
                new Answer.Head(Status.MOVED_PERMANENTLY).field("Location", location),
                Pages.message(Status.MOVED_PERMANENTLY.toString(), "It is at " + location));
    }

    private Answer folder(Target target, Path path) throws RefusedException {
        if (!lists) {
            throw new RefusedException(
                    Status.FORBIDDEN, "this folder has no index.html, and the server was started without --list");
        }
        return page(new Answer.Head(Status.OK), Pages.listing(site, path, target));
    }

    /**
     * By RFC 9110 §13.2.2: first the conditions, in their order, then the range.
     *
     * @param entry has the file in memory; null: it is taken from the disk
     */
    private Answer answer(Request request, Resource resource, HotFiles.Entry entry) throws RefusedException {
        if (request.hasConditions()) {
            switch (Conditions.evaluate(request, resource)) {
                case FAILED ->
                    throw new RefusedException(
                            Status.PRECONDITION_FAILED, "the file is not the one that the request is about");
                case NOT_MODIFIED -> {
                    return validators(new Answer.Head(Status.NOT_MODIFIED), resource)
                            .with(Body.NONE);
                }
                case RANGE -> {
                    Answer some = range(request, resource, entry);
                    if (some != null) {
                        return some;
                    }
                }
                case ALL -> {}
            }
        }
        return entry != null ? entry.answerTo(request) : whole(request, resource);
    }

    private Answer whole(Request request, Resource resource) throws RefusedException {
        Answer.Head head = head(Status.OK, resource)
                .field("Content-Type", resource.mediaType())
                .field("Content-Length", resource.size());
        if (request.method() == Request.Method.HEAD) {
            return head.with(Body.NONE);
        }
        OpenFile file = site.open(resource);
        boolean keep = resource.size() <= HotFiles.LONGEST && !hasQuery(request);
        Answer kept = keep ? keep(request, resource, head, file) : null;
        return kept != null ? kept : head.with(new Body.Segments(file, sections(resource.size())));
    }

    /** Keeps a copy, for the next requests; null if there is no room. */
    private Answer keep(Request request, Resource resource, Answer.Head head, OpenFile file) throws RefusedException {
        if (resource.tag().weak()) {
            return null; // the next look at it may give it a strong one
        }
        Body copy = hot.copy((int) resource.size(), room -> read(resource, file, room));
        if (copy == null) {
            return null;
        }
        file.close();
        Answer answer = head.with(copy);
        byte[] target = Arrays.copyOfRange(request.bytes(), request.target(), request.targetEnd());
        hot.add(new HotFiles.Entry(target, resource, answer, System.nanoTime()));
        return answer;
    }

    /** Reads all of a file that is what it was when it was looked at, or closes it. */
    private ByteBuffer read(Resource resource, OpenFile file, ByteBuffer room) throws RefusedException {
        try {
            file.read(room, 0);
        } catch (CutOffException e) {
            file.close();
            throw new RefusedException(Status.INTERNAL_SERVER_ERROR, "the server cannot read this", e);
        }
        if (room.hasRemaining() || !site.isStill(resource)) {
            file.close();
            throw Site.changing();
        }
        return room.flip();
    }

    /** Each query would be a file of its own in the table. */
    private static boolean hasQuery(Request request) {
        for (int i = request.target(); i < request.targetEnd(); i++) {
            if (request.bytes()[i] == '?') {
                return true;
            }
        }
        return false;
    }

    /**
     * @return null if the range is to be ignored
     */
    private Answer range(Request request, Resource resource, HotFiles.Entry entry) throws RefusedException {
        List<ByteRange> ranges = ByteRange.parse(request.range(), resource.size());
        if (ranges == null) {
            return null;
        }
        if (ranges.isEmpty()) {
            return page(
                    new Answer.Head(Status.RANGE_NOT_SATISFIABLE).field("Content-Range", "bytes */" + resource.size()),
                    Pages.message(
                            Status.RANGE_NOT_SATISFIABLE.toString(), "the file has " + resource.size() + " bytes"));
        }
        Answer.Head head = head(Status.PARTIAL_CONTENT, resource);
        OpenFile file = entry == null ? site.open(resource) : entry.file();
        if (ranges.size() == 1) {
            ByteRange range = ranges.get(0);
            return head.field("Content-Type", resource.mediaType())
                    .field("Content-Range", contentRange(range, resource))
                    .field("Content-Length", range.length())
                    .with(new Body.Segments(file, List.of(segment(range, entry))));
        }
        return multipart(head, resource, ranges, file, entry);
    }

    /** RFC 9110 §14.6. */
    private static Answer multipart(
            Answer.Head head, Resource resource, List<ByteRange> ranges, OpenFile file, HotFiles.Entry entry) {
        String boundary = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        List<Body.Segment> segments = new ArrayList<>();
        for (ByteRange range : ranges) {
            segments.add(memory("\r\n--" + boundary + "\r\nContent-Type: " + resource.mediaType()
                    + "\r\nContent-Range: " + contentRange(range, resource) + "\r\n\r\n"));
            segments.add(segment(range, entry));
        }
        segments.add(memory("\r\n--" + boundary + "--\r\n"));
        Body body = new Body.Segments(file, segments);
        return head.field("Content-Type", "multipart/byteranges; boundary=" + boundary)
                .field("Content-Length", body.length())
                .with(body);
    }

    private static Body.Segment segment(ByteRange range, HotFiles.Entry entry) {
        return entry == null ? new Body.Section(range) : entry.part(range);
    }

    private static Body.Segment memory(String text) {
        return new Body.Memory(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String contentRange(ByteRange range, Resource resource) {
        return "bytes " + range.first() + "-" + range.last() + "/" + resource.size();
    }

    private static Answer.Head head(Status status, Resource resource) {
        return validators(new Answer.Head(status), resource)
                .field("Accept-Ranges", "bytes")
                .field("X-Content-Type-Options", "nosniff");
    }

    private static Answer.Head validators(Answer.Head head, Resource resource) {
        // Not later than Date (RFC 9110 §8.8.2.1): a copied file may be from the future.
        long second = Math.min(resource.modifiedSecond(), System.currentTimeMillis() / 1000);
        // Without Cache-Control a browser may show what it has had for long without asking (RFC 9111 §4.2.2).
        return head.field("Last-Modified", HttpDate.format(second))
                .field("ETag", resource.tag())
                .field("Cache-Control", "no-cache");
    }

    private static List<Body.Segment> sections(long size) {
        return size == 0 ? List.of() : List.of(new Body.Section(new ByteRange(0, size - 1)));
    }

    /** The answer to what cannot be understood, or has not come to its end. */
    static Answer refusal(RefusedException e, RequestDecoder requests) {
        Answer error = error(e);
        return requests.line().startsWith("HEAD ") ? error.withoutBody() : error;
    }

    /** The page that says why. */
    static Answer error(RefusedException e) {
        Answer.Head head = new Answer.Head(e.status());
        if (e.status() == Status.METHOD_NOT_ALLOWED) {
            head.field("Allow", "GET, HEAD");
        } else if (e.status() == Status.SERVICE_UNAVAILABLE) {
            head.field("Retry-After", "1");
        }
        return page(head, Pages.message(e.status().toString(), e.getMessage()));
    }

    /** A page of the server's own: nothing in it may be run, whatever a file is called. */
    private static Answer page(Answer.Head head, byte[] page) {
        head.field("Content-Type", Pages.MEDIA_TYPE)
                .field("Content-Length", page.length)
                .field("X-Content-Type-Options", "nosniff")
                .field("Content-Security-Policy", "default-src 'none'");
        boolean small = head.length() + page.length <= Body.Small.MOST;
        return head.with(
                small
                        ? new Body.Small(page)
                        : new Body.Segments(null, List.of(new Body.Memory(ByteBuffer.wrap(page)))));
    }
}
