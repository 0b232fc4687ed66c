package netlabs.http;

/** The same for event loops, whose copies of files are in a file. */
class OriginOfLoopsTest extends OriginTest {
    @Override
    boolean forLoops() {
        return true;
    }
}
