package netlabs.common;

/**
 * The exercise failed, and the message tells the user what happened, to which address or file, and
 * what to do. The program prints it as its one error line and exits with status 1 (LABS.md §0).
 */
public final class LabException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message one line, without a final full stop
   */
  public LabException(String message) {
    super(message);
  }

  /**
   * @param message one line, without a final full stop
   * @param cause what {@code --verbose} shows
   */
  public LabException(String message, Throwable cause) {
    super(message, cause);
  }
}
