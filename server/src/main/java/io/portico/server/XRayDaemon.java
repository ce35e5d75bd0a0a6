package io.portico.server;

import io.portico.gateway.execute.telemetry.Answer;
import io.portico.gateway.execute.telemetry.PartlyWrittenException;
import io.portico.gateway.execute.telemetry.TraceWriter;
import io.portico.gateway.execute.telemetry.XRaySegment;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/**
 * The X-Ray daemon, which takes a segment in each datagram. Nobody hears whether it is there. A
 * segment that cannot be sent is lost alone.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-daemon">Sending
 *     segment documents to the X-Ray daemon</a>
 */
final class XRayDaemon implements TraceWriter.Traces, AutoCloseable {
  private static final String HEADER = "{\"format\": \"json\", \"version\": 1}\n";

  private final InetSocketAddress address;
  private final DatagramSocket socket;

  /**
   * @throws IOException if there is no socket for it
   */
  XRayDaemon(InetSocketAddress address) throws IOException {
    this.address = address;
    this.socket = new DatagramSocket();
  }

  @Override
  public void record(List<Answer> answers) throws IOException {
    // A name may lead elsewhere since.
    InetSocketAddress daemon = new InetSocketAddress(address.getHostString(), address.getPort());
    if (daemon.isUnresolved()) {
      throw new IOException("nobody knows the X-Ray daemon's host " + daemon.getHostString());
    }
    int lost = 0;
    Exception last = null;
    for (Answer answer : answers) {
      try {
        byte[] datagram = (HEADER + XRaySegment.document(answer)).getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(datagram, datagram.length, daemon));
      } catch (IOException | RuntimeException e) {
        lost++;
        last = e;
      }
    }
    if (last != null) {
      throw new PartlyWrittenException(
          lost + " of " + answers.size() + " segments cannot be sent", last, lost, new BitSet());
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
