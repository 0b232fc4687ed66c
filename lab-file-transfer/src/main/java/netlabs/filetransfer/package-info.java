/**
 * LABS.md §6: files of any size over TCP. Open {@link netlabs.filetransfer.FileTransferServer} first, then
 * {@link netlabs.filetransfer.Storing} and {@link netlabs.filetransfer.FileTransferClient}: they list what
 * is sent and received, in its order.
 */
package netlabs.filetransfer;
