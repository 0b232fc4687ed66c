package netlabs.common.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketAddressesTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "fe80:0:0:0:1:2:3:0, fe80::1:2:3:0",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "0:0:1:2:3:4:5:6, ::1:2:3:4:5:6"
    })
    void addressesPrintCanonically(String address, String expected) throws Exception {
        InetAddress inet = InetAddress.getByName(address);
        assertThat(SocketAddresses.host(inet)).isEqualTo(expected);
        assertThat(SocketAddresses.tuple(new InetSocketAddress(inet, 59814))).isEqualTo("('" + expected + "', 59814)");
    }

    @ParameterizedTest
    @CsvSource({"localhost, localhost:5005", "127.0.0.1, 127.0.0.1:5005", "::1, [::1]:5005"})
    void errorsNameAddressesAsUsersTypeThem(String host, String expected) {
        assertThat(SocketAddresses.colon(host, 5005)).isEqualTo(expected);
    }

    @Property
    void whatIsPrintedIsTheSameAddress(@ForAll @Size(16) byte[] bytes) throws Exception {
        InetAddress address = InetAddress.getByAddress(bytes);
        assertThat(InetAddress.getByName(SocketAddresses.host(address))).isEqualTo(address);
    }

    @Property
    void runsOfZeroesToo(@ForAll @Size(8) boolean[] zero) throws Exception {
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            bytes[2 * i + 1] = (byte) (zero[i] ? 0 : i + 1);
        }
        InetAddress address = InetAddress.getByAddress(bytes);
        assertThat(InetAddress.getByName(SocketAddresses.host(address))).isEqualTo(address);
    }
}
