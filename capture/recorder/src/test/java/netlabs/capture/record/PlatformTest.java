package netlabs.capture.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user is told to install or to grant, on each system. */
class PlatformTest {
    private static final Path JAVA = Path.of("/usr/lib/jvm/java-17/bin/java");

    @Test
    void isToldByOsNameAndOsRelease() {
        assertThat(Platform.kind("Linux", List.of("NAME=\"Debian GNU/Linux\"", "ID=debian")))
                .isEqualTo(Platform.Kind.DEBIAN);
        assertThat(Platform.kind("Linux", List.of("ID=linuxmint", "ID_LIKE=\"ubuntu debian\"")))
                .isEqualTo(Platform.Kind.DEBIAN);
        assertThat(Platform.kind("Linux", List.of("ID=fedora"))).isEqualTo(Platform.Kind.FEDORA);
        assertThat(Platform.kind("Linux", List.of("ID=\"rocky\"", "ID_LIKE=\"rhel centos fedora\"")))
                .isEqualTo(Platform.Kind.FEDORA);
        assertThat(Platform.kind("Linux", List.of("ID=arch"))).isEqualTo(Platform.Kind.LINUX);
        assertThat(Platform.kind("Linux", List.of())).isEqualTo(Platform.Kind.LINUX);
        assertThat(Platform.kind("Mac OS X", List.of())).isEqualTo(Platform.Kind.MACOS);
        assertThat(Platform.kind("Windows 11", List.of())).isEqualTo(Platform.Kind.WINDOWS);
    }

    @Test
    void saysWhatToInstall() {
        assertThat(noLibpcap(Platform.Kind.DEBIAN)).endsWith(": sudo apt install libpcap0.8");
        assertThat(noLibpcap(Platform.Kind.FEDORA)).endsWith(": sudo dnf install libpcap");
        assertThat(noLibpcap(Platform.Kind.WINDOWS)).contains("Npcap");
    }

    @Test
    void saysWhatToGrant() {
        assertThat(noPermission(Platform.Kind.DEBIAN))
                .startsWith("no permission to capture on any - run it with sudo")
                .contains("sudo setcap cap_net_raw,cap_net_admin+eip /usr/lib/jvm/java-17/bin/java")
                .contains("libjli.so")
                .contains("echo /usr/lib/jvm/java-17/lib | sudo tee")
                .contains("samples/rootless/")
                .doesNotContain("\n");
        assertThat(noPermission(Platform.Kind.MACOS)).contains("ChmodBPF");
        assertThat(noPermission(Platform.Kind.WINDOWS)).contains("Npcap");
    }

    private static String noLibpcap(Platform.Kind kind) {
        return new Platform(kind, JAVA).noLibpcap(null).getMessage();
    }

    private static String noPermission(Platform.Kind kind) {
        return new Platform(kind, JAVA).noPermission("any", null).getMessage();
    }
}
