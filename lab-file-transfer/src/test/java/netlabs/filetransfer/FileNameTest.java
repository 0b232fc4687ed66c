package netlabs.filetransfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.txt",
                ".hidden",
                "...",
                "..a",
                "a..",
                "-rf",
                "~",
                " ",
                "a b",
                "naïve ✓.txt",
                "a\nb",
                "\u001b[2J",
                "😀",
                "con",
                "ab:c",
                "1:x",
                ":",
                "a*?\"<>|",
                "netlabs-x",
                ".netlabs"
            })
    void anyOtherIsTakenOnLinux(String name) {
        assertThat(FileName.fault(name, false)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | needs a name",
                ". | a folder's",
                ".. | a folder's",
                "../x | path",
                "/etc/x | path",
                "a/../../x | path",
                "a/ | path",
                "/ | path",
                "..\\x | path",
                "\\\\host\\share | path",
                "C:\\x | path",
                ".netlabs-2c26b46b68ffc68f.part | the server's own",
                ".NetLabs-x | the server's own",
                ".netlabs- | the server's own",
            })
    void noPeerLeavesTheFolder(String name, String why) {
        assertThat(FileName.fault(name, false)).contains(why);
        assertThat(FileName.fault(name, true)).contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0", "a\0.txt", "\0/etc/passwd"})
    void nulEndsANameForTheKernel(String name) {
        assertThat(FileName.fault(name, false)).isNotNull();
    }

    /** APFS folds the long s to s, as Unicode does. */
    @ParameterizedTest
    @ValueSource(strings = {".netlab\u017f-x", ".NETLAB\u017f-x"})
    void whatACaseInsensitiveFolderTakesForTheServersOwnIsTheServersOwn(String name) {
        assertThat(FileName.fault(name, false)).contains("the server's own");
    }

    @ParameterizedTest
    @CsvSource({"x, 255, 256", "é, 127, 128", "你, 85, 86", "😀, 63, 64"})
    void theBoundIsInBytesOfUtf8(String letter, int most, int more) {
        assertThat(FileName.fault(letter.repeat(most), true)).isNull();
        assertThat(FileName.fault(letter.repeat(more), false)).contains("longer than 255 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab:c",
                "file.txt:stream",
                "a*",
                "a?",
                "a\"",
                "a<",
                "a>",
                "a|",
                "a\n",
                "\u0001",
                "a.",
                "a ",
                "...",
                " ",
                "con",
                "CON",
                "Con.txt",
                "con.tar.gz",
                "con .txt",
                "NUL",
                "aux.h",
                "PRN",
                "com1",
                "COM9.txt",
                "LPT1",
                "com¹",
                "lpt³.x",
                "CONIN$",
                "conout$.txt"
            })
    void windowsTakesFewer(String name) {
        assertThat(FileName.fault(name, true)).as(name).contains("indows");
        assertThat(FileName.fault(name, false)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", "console", "com", "com10", "COMA", "nul1", "aux-x", "x.con", ".con", "lpt", "ä b"})
    void windowsTakesTheRest(String name) {
        assertThat(FileName.fault(name, true)).isNull();
    }
}
