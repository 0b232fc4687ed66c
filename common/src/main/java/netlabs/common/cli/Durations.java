package netlabs.common.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line: {@code 500ms}, {@code 5s}, or a bare number of milliseconds. */
final class Durations implements ITypeConverter<Integer> {
    private final int least;

    /**
     * @param least the smallest duration that makes sense, in milliseconds
     */
    Durations(int least) {
        this.least = least;
    }

    /**
     * @return milliseconds
     */
    @Override
    public Integer convert(String value) {
        long millis = parse(value);
        if (millis < least || millis > Integer.MAX_VALUE) {
            throw new TypeConversionException("'" + value + "' is not a duration like 500ms, 5s or 5000"
                    + (least > 0 ? ", at least " + least + "ms" : ""));
        }
        return (int) millis;
    }

    /**
     * @return milliseconds; -1 if {@code value} is no duration
     */
    private static long parse(String value) {
        int digits = 0;
        while (digits < value.length() && value.charAt(digits) >= '0' && value.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 10) {
            return -1;
        }
        long number = Long.parseLong(value.substring(0, digits));
        return switch (value.substring(digits)) {
            case "", "ms" -> number;
            case "s" -> number * 1_000;
            default -> -1;
        };
    }
}
