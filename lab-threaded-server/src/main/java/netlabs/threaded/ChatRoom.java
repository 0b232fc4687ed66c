package netlabs.threaded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import netlabs.common.console.Printable;

/**
 * Who is in the chat, and what is said there. Each line goes to all but its speaker, and all have
 * the lines of the others in one order. No socket calls: those are in {@link ChatListener} and
 * {@link ChatParticipant}.
 */
final class ChatRoom {
    private final String host;
    private final Consumer<String> screen;
    private final Consumer<String> messages;

    /** Held while a line is given to all; fair, so that nobody who floods gets in between again and again. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private final Condition silence = turn.newCondition();
    private final Set<ChatParticipant> present = new LinkedHashSet<>();
    private final Set<ChatParticipant> speaking = new LinkedHashSet<>();

    /**
     * @param host the name of the listener
     * @param screen prints who joins and leaves
     * @param messages prints what is said
     */
    ChatRoom(String host, Consumer<String> screen, Consumer<String> messages) {
        this.host = host;
        this.screen = screen;
        this.messages = messages;
    }

    void enter(ChatParticipant newcomer) {
        turn.lock();
        try {
            screen.accept(ChatLine.ofListener(newcomer.description() + " joined"));
            present.add(newcomer);
            speaking.add(newcomer);
        } finally {
            turn.unlock();
        }
    }

    void leave(ChatParticipant participant) {
        fallsSilent(participant);
        turn.lock();
        try {
            present.remove(participant);
            screen.accept(ChatLine.ofListener(participant.description() + " left"));
        } finally {
            turn.unlock();
        }
    }

    /**
     * A participant has said {@code text}: prints it and gives it to the others; or tells him why not.
     *
     * @throws IOException if somebody who does not read could not be disconnected
     */
    void hear(ChatParticipant from, String text) throws IOException, InterruptedException {
        String line = Printable.escape(text);
        awaitRoom(from);
        String refusal;
        turn.lock();
        try {
            refusal = refusal(from, line);
            if (refusal == null) {
                messages.accept(line);
                give(from, line);
            }
        } finally {
            turn.unlock();
        }
        if (refusal != null) {
            tell(from, ChatLine.ofListener(refusal));
        }
    }

    /** The listener's own user has said {@code line}, which is on his screen already. */
    void say(String line) throws IOException, InterruptedException {
        awaitRoom(this);
        turn.lock();
        try {
            give(this, line);
        } finally {
            turn.unlock();
        }
    }

    /** Gives a line to one participant only. */
    void tell(ChatParticipant to, String line) throws IOException, InterruptedException {
        to.awaitRoom(to);
        to.add(to, ChatLine.onWire(line));
    }

    /** This participant has said his last, but still listens. */
    void fallsSilent(ChatParticipant participant) {
        turn.lock();
        try {
            speaking.remove(participant);
            silence.signalAll();
        } finally {
            turn.unlock();
        }
    }

    /** Waits until nobody has anything to say any more. */
    void awaitSilence(int mostMillis) throws InterruptedException {
        turn.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(mostMillis);
            while (!speaking.isEmpty() && left > 0) {
                left = silence.awaitNanos(left);
            }
        } finally {
            turn.unlock();
        }
    }

    /** Nobody else waits while this speaker does. */
    private void awaitRoom(Object speaker) throws IOException, InterruptedException {
        for (ChatParticipant each : othersThan(speaker)) {
            each.awaitRoom(speaker);
        }
    }

    private List<ChatParticipant> othersThan(Object speaker) {
        turn.lock();
        try {
            List<ChatParticipant> others = new ArrayList<>(present);
            others.remove(speaker);
            return others;
        } finally {
            turn.unlock();
        }
    }

    private void give(Object speaker, String line) {
        byte[] bytes = ChatLine.onWire(line);
        for (ChatParticipant each : present) {
            if (each != speaker) {
                each.add(speaker, bytes);
            }
        }
    }

    /**
     * @return why {@code line} is not passed on; null if it is
     */
    private String refusal(ChatParticipant from, String line) {
        if (ChatLine.isListeners(line)) {
            return "a line cannot begin with * or error:";
        }
        String claimed = ChatLine.nameIn(line);
        if (claimed == null) {
            return null;
        }
        if (isTaken(claimed, from)) {
            return "the name " + claimed + " is taken";
        }
        if (from.name() == null) {
            from.setName(claimed);
        }
        return null;
    }

    private boolean isTaken(String name, ChatParticipant from) {
        if (ChatLine.areAlike(name, host)) {
            return true;
        }
        for (ChatParticipant each : present) {
            if (each != from && each.name() != null && ChatLine.areAlike(name, each.name())) {
                return true;
            }
        }
        return false;
    }
}
