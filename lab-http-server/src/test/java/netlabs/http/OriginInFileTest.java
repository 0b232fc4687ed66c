package netlabs.http;

/** The same where the copies of files are in a file: all models but virtual threads. */
class OriginInFileTest extends OriginTest {
    @Override
    boolean inFile() {
        return true;
    }
}
