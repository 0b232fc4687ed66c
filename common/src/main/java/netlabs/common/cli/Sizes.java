package netlabs.common.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes on the command line: {@code 64KiB}, {@code 1MiB}, {@code 4GiB}, or a bare number of bytes. */
final class Sizes implements ITypeConverter<Long> {
    private static final int MAX_DIGITS = 15;

    private final long most;

    /**
     * @param most the largest size that makes sense, in bytes
     */
    Sizes(long most) {
        this.most = most;
    }

    /**
     * @return bytes
     */
    @Override
    public Long convert(String value) {
        long bytes = parse(value);
        if (bytes < 1 || bytes > most) {
            throw new TypeConversionException(
                    "'" + value + "' is not a size like 64KiB, 1MiB or 65536, at most " + most + " bytes");
        }
        return bytes;
    }

    /**
     * @return bytes; -1 if {@code value} is no size
     */
    private static long parse(String value) {
        int digits = 0;
        while (digits < value.length() && value.charAt(digits) >= '0' && value.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > MAX_DIGITS) {
            return -1;
        }
        long number = Long.parseLong(value.substring(0, digits));
        int shift = switch (value.substring(digits)) {
            case "" -> 0;
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            case "TiB" -> 40;
            default -> -1;
        };
        return shift < 0 || number > Long.MAX_VALUE >> shift ? -1 : number << shift;
    }
}
