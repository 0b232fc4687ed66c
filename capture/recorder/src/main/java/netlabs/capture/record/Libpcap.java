package netlabs.capture.record;

import com.sun.jna.Native;
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
            if (Native.POINTER_SIZE > 0 && windows) {
                NativeLibrary.addSearchPath("wpcap", System.getenv("SystemRoot") + "\\System32\\Npcap");
            }
            Pcaps.libVersion();
            return null;
        } catch (LinkageError e) {
            return e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e;
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
