package netlabs.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import netlabs.common.LabException;
import netlabs.common.net.Connection;
import netlabs.common.net.CutOffException;

/** A file that is being sent: it may be renamed, removed, or change under it. */
final class OpenFile implements Closeable {
    private final FileChannel channel;
    private final Path path;
    private final boolean isShared;

    /** A file for one answer. */
    OpenFile(FileChannel channel, Path path) {
        this(channel, path, false);
    }

    private OpenFile(FileChannel channel, Path path, boolean isShared) {
        this.channel = channel;
        this.path = path;
        this.isShared = isShared;
    }

    /** A file that many answers are sent from: to close it does nothing. */
    static OpenFile shared(FileChannel channel, Path path) {
        return new OpenFile(channel, path, true);
    }

    FileChannel channel() {
        return channel;
    }

    /**
     * Reads into what remains of {@code buffer}, all of it or up to the end of the file.
     *
     * @throws CutOffException if it cannot be read
     */
    void read(ByteBuffer buffer, long position) throws CutOffException {
        try {
            for (long at = position; buffer.hasRemaining(); ) {
                int count = channel.read(buffer, at);
                if (count < 0) {
                    return;
                }
                at += count;
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Sends some of it, as {@link Connection#send(FileChannel, long, long)} does. */
    long send(Connection client, long position, long count) throws IOException {
        return isShared ? client.sendShared(channel, position, count) : client.send(channel, position, count);
    }

    /**
     * Nothing could be sent from {@code position} on: because the peer is slow, or because nothing is there.
     *
     * @throws CutOffException if it is the latter: the length that was announced cannot be kept
     */
    void checkReaches(long position) throws CutOffException {
        long size;
        try {
            size = channel.size();
        } catch (IOException e) {
            throw unreadable(e);
        }
        if (position >= size) {
            throw new CutOffException(path.getFileName() + " became shorter while it was sent");
        }
    }

    CutOffException unreadable(IOException cause) {
        return new CutOffException("cannot read " + path.getFileName() + ": " + LabException.reason(cause), cause);
    }

    @Override
    public void close() {
        try {
            if (!isShared) {
                channel.close();
            }
        } catch (IOException e) {
            return; // it was only read: nothing can be lost
        }
    }
}
