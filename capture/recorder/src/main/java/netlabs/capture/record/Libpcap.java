package netlabs.capture.record;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.LabException;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;

/** The native library: that it is there, and what it says of its faults, in words for a user. */
final class Libpcap {
    // The values of pcap/pcap.h that pcap_activate(3PCAP) returns.
    private static final int NO_SUCH_DEVICE = -5;
    private static final int PERM_DENIED = -8;
    private static final int NOT_UP = -9;
    private static final int PROMISC_PERM_DENIED = -11;

    private static final String JNA_FOLDER = "jna.tmpdir";
    private static final String JNA_SYSTEM_FOLDERS = "jna.platform.library.path";
    private static final String PCAP_NAME = "org.pcap4j.core.pcapLibName";

    /** Debian's and everybody else's. */
    private static final String[] LINUX_NAMES = {"libpcap.so.0.8", "libpcap.so.1"};

    /** What loading it failed with; null if it is there. */
    private static final Throwable FAULT = load();

    private Libpcap() {}

    /**
     * @throws LabException if there is no libpcap, with what to install
     */
    static void require() {
        if (FAULT == null) {
            return;
        }
        String message = String.valueOf(FAULT.getMessage());
        if (message.contains("jnidispatch") || FAULT instanceof IOException) {
            throw new LabException(
                    "cannot load the native part of JNA from " + System.getProperty("java.io.tmpdir")
                            + " - if programs may not run from there, give java another folder:"
                            + " -Djava.io.tmpdir=<folder>",
                    FAULT);
        }
        throw Platform.here().noLibpcap(FAULT);
    }

    /**
     * JNA unpacks its native library and keeps the folder, by default one in the home folder, for the next time.
     * Nothing of ours should stay behind, so it is given one that is removed as soon as the library is loaded.
     */
    private static Throwable load() {
        boolean windows = Platform.here().kind() == Platform.Kind.WINDOWS;
        if (System.getProperty(JNA_FOLDER) != null || windows) { // Windows keeps a library that is in use; JNA copes
            return loadLibraries(windows);
        }
        try {
            Path folder = Files.createTempDirectory("netlabs");
            System.setProperty(JNA_FOLDER, folder.toString());
            try {
                return loadLibraries(false);
            } finally {
                System.clearProperty(JNA_FOLDER);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            return e;
        }
    }

    private static Throwable loadLibraries(boolean windows) {
        try {
            if (windows) {
                NativeLibrary.addSearchPath("wpcap", System.getenv("SystemRoot") + "\\System32\\Npcap");
            } else if (System.getProperty(PCAP_NAME) == null && Platform.here().kind() != Platform.Kind.MACOS) {
                nameLibrary();
            }
            Pcaps.libVersion();
            return null;
        } catch (LinkageError e) {
            return e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e;
        }
    }

    /**
     * Says the library's full name. By its short one JNA would look through the folders that ldconfig(8) lists, and
     * to start that costs 40 ms of processor time; it does so where the folders are not said.
     */
    private static void nameLibrary() {
        if (System.getProperty(JNA_SYSTEM_FOLDERS) == null) {
            System.setProperty(JNA_SYSTEM_FOLDERS, "");
        }
        for (String name : LINUX_NAMES) {
            try {
                NativeLibrary.getInstance(name);
                System.setProperty(PCAP_NAME, name);
                return;
            } catch (UnsatisfiedLinkError e) {
                continue; // the next one; where there is none, pcap4j says so
            }
        }
    }

    /**
     * @return the interfaces that it can capture on
     * @throws LabException if it cannot say
     */
    static List<PcapNetworkInterface> devices() {
        require();
        try {
            return Pcaps.findAllDevs();
        } catch (PcapNativeException e) {
            throw new LabException("cannot list the interfaces: " + words(e), e);
        }
    }

    /** The fault of opening {@code device}, in words. */
    static LabException opening(String device, PcapNativeException e) {
        Integer code = e.getReturnCode();
        int status = code == null ? 0 : code;
        if (status == PERM_DENIED || status == PROMISC_PERM_DENIED) {
            return Platform.here().noPermission(device, e);
        }
        if (status == NO_SUCH_DEVICE) {
            List<String> names = new ArrayList<>();
            for (PcapNetworkInterface each : devices()) {
                names.add(each.getName());
            }
            return new LabException(
                    "no interface " + device
                            + (names.isEmpty() ? ", nor any other" : ": there are " + String.join(", ", names)),
                    e);
        }
        if (status == NOT_UP) {
            return new LabException("interface " + device + " is not up", e);
        }
        return new LabException("cannot capture on " + device + ": " + words(e), e);
    }

    /**
     * @return in a few words why an interface could not be opened
     */
    static String refusal(PcapNativeException e) {
        Integer code = e.getReturnCode();
        int status = code == null ? 0 : code;
        return status == PERM_DENIED || status == PROMISC_PERM_DENIED
                ? "no permission"
                : status == NOT_UP ? "not up" : words(e);
    }

    /**
     * @return what libpcap says, without the name of the call that pcap4j puts before it
     */
    static String words(PcapNativeException e) {
        String words = String.valueOf(e.getMessage()).trim();
        String[] prefixes = {
            "Error occurred in pcap_compile: ", "Error occurred in pcap_setfilter: ", "Error occurred: "
        };
        for (String prefix : prefixes) {
            if (words.startsWith(prefix)) {
                words = words.substring(prefix.length());
            }
        }
        return words.isEmpty() ? "libpcap says no more" : words;
    }
}
