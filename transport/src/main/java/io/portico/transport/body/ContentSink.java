package io.portico.transport.body;

import io.netty.buffer.ByteBuf;
import io.portico.transport.loop.Loop;
import java.io.IOException;

/**
 * Where arriving content goes. Called on its own loop; after {@link #end} or {@link #fail} never
 * again.
 */
public interface ContentSink {

  /** The loop this must be called on. */
  Loop loop();

  /** Takes bytes and their ownership. What cannot keep up tells {@link IncomingBody#pause}. */
  void take(ByteBuf bytes);

  /** All of it has arrived. */
  void end();

  /** The rest will not come. */
  void fail(IOException cause);
}
