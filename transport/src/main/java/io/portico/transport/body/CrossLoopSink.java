package io.portico.transport.body;

import io.netty.buffer.ByteBuf;
import io.portico.transport.loop.Loop;
import java.io.IOException;

/** Brings content to a sink on another loop, in order. */
record CrossLoopSink(ContentSink sink) implements ContentSink {

  @Override
  public Loop loop() {
    return sink.loop();
  }

  @Override
  public void take(ByteBuf bytes) {
    sink.loop().execute(() -> sink.take(bytes));
  }

  @Override
  public void end() {
    sink.loop().execute(sink::end);
  }

  @Override
  public void fail(IOException cause) {
    sink.loop().execute(() -> sink.fail(cause));
  }
}
