package netlabs.common.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import netlabs.common.console.Printable;
import netlabs.common.console.Transcript;

/**
 * The client of every text exercise over TCP, in the order of its socket calls: socket, connect,
 * receive the greeting where there is one; then for each message send it and receive its reply;
 * close. Sends and receives go through {@link Connection}, which the servers use as well.
 */
public final class TextClient implements Closeable {
    /** What an exercise adds: its greeting, its prompt, and its console lines. */
    public interface Dialogue {
        /**
         * @return what the server sends on accept, without a newline; empty for nothing
         */
        default byte[] greeting() {
            return new byte[0];
        }

        /**
         * @return what the keyboard is asked with, for one message; null: any number is taken
         */
        default String prompt() {
            return null;
        }

        /** The socket is there, not yet connected. */
        default void clientStarted(Transcript out) {}

        /** {@code message} is about to be sent. */
        default void clientSends(Transcript out, String message) {
            out.line("Sent: " + message);
        }

        /** The greeting or a reply has come. */
        default void clientReceived(Transcript out, String text) {
            out.line("Received: " + text);
        }

        /**
         * @param message what was sent, without its ending
         * @param reply what came back, without its ending
         * @return why {@code reply} cannot be this exercise's, to be put behind the server's address;
         *     null if it can
         */
        default String objection(byte[] message, byte[] reply) {
            return null;
        }
    }

    /**
     * @param host name or address of the server
     * @param port its port
     * @param timeoutMillis for the connection and for each reply, at least 1
     * @param bare send without a newline and take one receive as the reply, as the originals do
     */
    public record Options(String host, int port, int timeoutMillis, boolean bare) {
        String server() {
            return SocketAddresses.colon(host, port);
        }
    }

    private final Dialogue dialogue;
    private final Options options;
    private final Console console;

    private volatile Socket socket;

    /** Whether the server has said anything yet: if so, it is not busy with another client. */
    private boolean answered;

    /**
     * @param console its transcript is written; its keyboard is not touched
     */
    public TextClient(Dialogue dialogue, Options options, Console console) {
        this.dialogue = dialogue;
        this.options = options;
        this.console = console;
    }

    /**
     * Has every message of {@code messages} answered. Where the exercise has a prompt and {@code ask}
     * is set, it asks for one message only.
     *
     * @throws LabException if the server cannot be reached, goes away or stays silent
     */
    public void run(MessageSource messages, boolean ask) {
        try (Socket socket = Connector.connect(
                options.host(), options.port(), options.timeoutMillis(), () -> dialogue.clientStarted(console.out()))) {
            this.socket = socket;
            converse(new Connection(socket), messages, ask && dialogue.prompt() != null);
        } catch (IOException e) {
            throw new LabException(options.server() + " " + SocketErrors.peerFault(e), e);
        }
    }

    /** Says to the server that there will be no more; any thread. */
    @Override
    public void close() throws IOException {
        Socket open = socket;
        if (open != null && !open.isClosed()) {
            open.shutdownOutput();
        }
    }

    private void converse(Connection server, MessageSource messages, boolean askForOne) throws IOException {
        MessageReader replies = new MessageReader(server, MessageOptions.REPLIES, options.timeoutMillis());
        if (dialogue.greeting().length > 0) {
            dialogue.clientReceived(console.out(), text(receiveGreeting(replies)));
            answered = true;
        }
        if (askForOne) {
            console.out().prompt(dialogue.prompt());
        }
        byte[] last = null;
        byte[] message;
        while ((message = messages.next()) != null) {
            checkSendable(message);
            checkNothingBehind(last, replies);
            dialogue.clientSends(console.out(), text(message));
            byte[] reply = exchange(server, message, replies, last == null && answered);
            String objection = dialogue.objection(message, reply);
            if (objection != null) {
                throw new LabException(options.server() + " " + objection);
            }
            dialogue.clientReceived(console.out(), text(reply));
            answered = true;
            checkNothingBehind(message, replies);
            if (askForOne) {
                return;
            }
            last = message;
        }
    }

    private byte[] receiveGreeting(MessageReader replies) throws IOException {
        byte[] greeting;
        try {
            replies.within(options.timeoutMillis());
            greeting = replies.greeting(dialogue.greeting());
        } catch (SocketTimeoutException e) {
            throw new LabException(
                    "no greeting from "
                            + options.server()
                            + within()
                            + " - is it serving another client, or running another exercise?",
                    e);
        } catch (IOException e) {
            throw new LabException(
                    options.server() + " " + SocketErrors.peerFault(e) + " before its greeting - has the server ended?",
                    e);
        }
        if (greeting == null) {
            throw new LabException(options.server() + " closed the connection before its greeting");
        }
        return greeting;
    }

    private byte[] exchange(Connection server, byte[] message, MessageReader replies, boolean isFirst)
            throws IOException {
        try {
            server.send((options.bare() ? Ending.NONE : Ending.LF).behind(message));
            replies.within(options.timeoutMillis());
            byte[] reply = options.bare() ? replies.nextReceive() : nextLine(replies);
            if (reply != null && reply.length == 0 && message.length > 0 && isFirst && !options.bare()) {
                reply = nextLine(replies); // that was the newline of a greeting, which came late
            }
            if (reply != null && (reply.length > 0 || !options.bare())) {
                return reply;
            }
        } catch (SocketTimeoutException e) {
            throw noReply(replies.pending(), e);
        } catch (IOException e) {
            throw new LabException(
                    options.server() + " " + SocketErrors.peerFault(e) + " - " + Printable.quote(message)
                            + " was not answered",
                    e);
        }
        throw new LabException(options.server() + " closed the connection before its reply - "
                + Printable.quote(message) + " was not answered");
    }

    /**
     * @return the reply; null if the server closed the connection before it
     */
    private byte[] nextLine(MessageReader replies) throws IOException {
        if (!replies.next()) {
            return null;
        }
        if (replies.ending() == Ending.NONE) {
            throw new LabException(options.server()
                    + " closed the connection in the middle of its reply, after "
                    + Printable.quote(replies.content())
                    + " - if it sends no newlines, use --framing bare");
        }
        return replies.content();
    }

    /**
     * Else every later reply would be taken for that of the next message.
     *
     * @param message the last one that was answered; null for none
     */
    private void checkNothingBehind(byte[] message, MessageReader replies) throws IOException {
        if (message != null && replies.pending() > 0) {
            throw new LabException(options.server()
                    + (options.bare()
                            ? " answered more than one receive holds to "
                                    + Printable.quote(message)
                                    + " - --framing line waits for the end of a reply"
                            : " sent more than one line for "
                                    + Printable.quote(message)
                                    + " - if it takes the newline for content, use --framing bare"));
        }
    }

    private LabException noReply(int pending, SocketTimeoutException e) {
        if (pending > 0) {
            return new LabException(
                    "no end of the reply from "
                            + options.server()
                            + within()
                            + ": "
                            + pending
                            + " bytes came, but no newline - if the server sends none, use --framing bare",
                    e);
        }
        String hint = answered ? "" : " - is it serving another client?";
        if (options.bare()) {
            hint += " - if it waits for a newline, use --framing line";
        }
        return new LabException("no reply from " + options.server() + within() + hint, e);
    }

    private void checkSendable(byte[] message) {
        if (message.length > MessageDecoder.MAX_LENGTH) {
            throw new LabException(
                    "message longer than " + MessageDecoder.MAX_LENGTH + " bytes: " + Printable.quote(message));
        }
        if (options.bare() && message.length == 0) {
            throw new LabException(
                    "an empty message cannot be sent with --framing bare: TCP carries bytes, not messages");
        }
        String text = text(message);
        if (!options.bare() && (text.indexOf('\n') >= 0 || text.endsWith("\r"))) {
            throw new LabException("a message cannot contain a newline, or end with CR, unless with --framing bare: "
                    + Printable.quote(message));
        }
    }

    private String within() {
        return " within " + options.timeoutMillis() + " ms";
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
