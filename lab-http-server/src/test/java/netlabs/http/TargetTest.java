package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a target names, and what it cannot (RFC 3986 §2.4, §3.3). */
class TargetTest {
    private static Target parse(String target) throws RefusedException {
        byte[] bytes = Decoding.bytes("GET " + target + " ");
        return Target.parse(bytes, 4, bytes.length - 1);
    }

    private static Status refused(String target) {
        RefusedException e = catchThrowableOfType(RefusedException.class, () -> parse(target));
        return e == null ? null : e.status();
    }

    @Test
    void aPathIsTheNamesBetweenItsSlashes() throws RefusedException {
        assertThat(parse("/a/b.html")).isEqualTo(new Target(List.of("a", "b.html"), false, ""));
        assertThat(parse("/a/b/")).isEqualTo(new Target(List.of("a", "b"), true, ""));
        assertThat(parse("/")).isEqualTo(new Target(List.of(), true, ""));
        assertThat(parse("")).as("of http://a").isEqualTo(new Target(List.of(), true, ""));
        assertThat(parse("/a~b;c=d@e:f,g!")).isEqualTo(new Target(List.of("a~b;c=d@e:f,g!"), false, ""));
    }

    @Test
    void emptyNamesAreLeftOut() throws RefusedException {
        assertThat(parse("//a///b//")).isEqualTo(new Target(List.of("a", "b"), true, ""));
    }

    @Test
    void aQueryIsNoPartOfThePath() throws RefusedException {
        assertThat(parse("/a?../%2e%zz/")).isEqualTo(new Target(List.of("a"), false, "?../%2e%zz/"));
        assertThat(parse("?a")).isEqualTo(new Target(List.of(), true, "?a"));
        assertThat(parse("/a%3fb").names()).containsExactly("a?b");
    }

    @Test
    void aFragmentIsNoPartOfATarget() {
        assertThat(refused("/a#b")).isEqualTo(Status.BAD_REQUEST);
        assertThat(refused("/a/?b#c")).isEqualTo(Status.BAD_REQUEST);
        assertThat(refused("/a?%23")).isNull();
    }

    @Test
    void whatIsEncodedIsDecodedOnce() throws RefusedException {
        assertThat(parse("/%61%2D%7e").names()).containsExactly("a-~");
        assertThat(parse("/a%20b%23%25").names()).containsExactly("a b#%");
        assertThat(parse("/%2561").names()).containsExactly("%61");
        assertThat(parse("/%252e%252e/%252fa").names()).containsExactly("%2e%2e", "%2fa");
        assertThat(parse("/caf%C3%A9/%e2%9c%93/%F0%9F%98%80").names()).containsExactly("café", "✓", "😀");
        assertThat(parse("/a+b").names()).containsExactly("a+b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%4", "/%4/1", "/a%zz", "/%4g", "/%g4", "/%-1", "/%+1", "/% 1", "/%%41", "/a%?41"})
    void aPercentSignIsFollowedByTwoDigits(String target) {
        assertThat(refused(target)).isEqualTo(Status.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/../etc/passwd",
                "/a/../../b",
                "/a/..",
                "/.",
                "/./a",
                "/%2e%2e/a",
                "/%2E./a",
                "/.%2e/a",
                "/%2e",
                "/.../a",
                "/.git/config",
                "/a/.htaccess",
                "/%2egit",
                "//../a",
                "/..;/a"
            })
    void aNameThatBeginsWithADotIsForbidden(String target) {
        assertThat(refused(target)).isEqualTo(Status.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%2fb",
                "/%2F",
                "/..%2f..%2fetc",
                "/a\\b",
                "/a%5cb",
                "/..\\..\\a",
                "/%5C%2e%2e",
                "/a%00",
                "/%00",
                "/a%00.html",
                "/a%0d%0aX: y",
                "/a%0a",
                "/%1b[2J",
                "/%7f",
                "/a%09",
                "/a#b"
            })
    void whatNoNameHasIsRefused(String target) {
        assertThat(refused(target)).isEqualTo(Status.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%c0%ae%c0%ae/a",
                "/%c0%af",
                "/%e0%80%af",
                "/%e0%80%ae",
                "/%f0%80%80%af",
                "/%c1%9c",
                "/%ff",
                "/%80",
                "/%c3",
                "/%c3/%a9",
                "/%ed%a0%80",
                "/%f4%90%80%80",
                "/%f8%88%80%80%80",
                "/caf%e9"
            })
    void whatIsNotUtf8OrOverlongIsRefused(String target) {
        assertThat(refused(target)).isEqualTo(Status.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "/sub, /sub/",
        "//evil.com/sub, /evil.com/sub/",
        "///evil.com, /evil.com/",
        "/a%20b, /a%20b/",
        "/http:%3a, /http%3A%3A/",
        "/caf%c3%a9?x=%0a, /caf%C3%A9/?x=%0a",
        "/%3c%22%26%27%3e, /%3C%22%26%27%3E/",
        "/%40evil.com, /%40evil.com/"
    })
    void asAFolderItIsAPathOfThisHost(String target, String expected) throws RefusedException {
        assertThat(parse(target).asFolder()).isEqualTo(expected);
    }

    @Test
    void aNameIsEncodedButForTheUnreserved() {
        assertThat(Target.encode("aZ09-._~")).isEqualTo("aZ09-._~");
        assertThat(Target.encode("a b/\\<>\"'%:?#&é\n")).isEqualTo("a%20b%2F%5C%3C%3E%22%27%25%3A%3F%23%26%C3%A9%0A");
    }

    @Provide
    Arbitrary<String> targets() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('!', '~').ofMaxLength(4),
                Arbitraries.integers().between(0, 255).map(b -> String.format(Locale.ROOT, "%%%02x", b)),
                Arbitraries.of(
                        "/", "//", "..", ".", "%2e", "%2F", "%5c", "\\", "%00", "%c0%ae", "%c3%a9", "%252e", "a"));
        return piece.list().ofMaxSize(8).map(pieces -> "/" + String.join("", pieces));
    }

    @Property
    void noNameIsDangerous(@ForAll("targets") String target) {
        Target parsed;
        try {
            parsed = parse(target);
        } catch (RefusedException e) {
            assertThat(e.status()).isIn(Status.BAD_REQUEST, Status.FORBIDDEN);
            return;
        }
        for (String name : parsed.names()) {
            assertThat(name).isNotEmpty().doesNotStartWith(".").doesNotContain("/", "\\", "\u0000", "\uFFFD");
            assertThat(name.chars().filter(c -> c < ' ' || c == 0x7f)).isEmpty();
        }
        String folder = parsed.asFolder();
        assertThat(folder).startsWith("/").doesNotStartWith("//");
        assertThat(folder.chars().filter(c -> c <= ' ' || c >= 0x7f)).isEmpty();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(name -> name.charAt(0) != '.'
                        && name.chars().noneMatch(c -> c < ' ' || c == '/' || c == '\\' || c == 0x7f)
                        && name.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff));
    }

    @Property
    void whatIsEncodedIsParsedAgain(@ForAll @Size(max = 5) List<@From("names") String> names) throws RefusedException {
        String path = names.stream().map(Target::encode).reduce("", (all, name) -> all + "/" + name);
        assertThat(parse(path).names()).isEqualTo(names);
        Target folder = parse(path + "/?q");
        assertThat(folder).isEqualTo(new Target(names, true, "?q"));
        assertThat(parse(folder.asFolder())).isEqualTo(folder);
    }
}
