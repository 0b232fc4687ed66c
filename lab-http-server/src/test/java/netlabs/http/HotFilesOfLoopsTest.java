package netlabs.http;

/** The same for event loops, whose copies of files are in a file. */
class HotFilesOfLoopsTest extends HotFilesTest {
    @Override
    boolean forLoops() {
        return true;
    }
}
