package netlabs.common.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers within bounds on the command line: a port, a count. */
final class Numbers implements ITypeConverter<Integer> {
    private final int least;
    private final int most;

    /** Takes numbers from {@code least} to {@code most}, both included. */
    Numbers(int least, int most) {
        this.least = least;
        this.most = most;
    }

    @Override
    public Integer convert(String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("'" + value + "' is not a number from " + least + " to " + most);
    }
}
