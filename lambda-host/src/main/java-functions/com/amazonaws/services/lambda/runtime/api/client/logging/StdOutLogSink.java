package com.amazonaws.services.lambda.runtime.api.client.logging;

import com.amazonaws.services.lambda.runtime.logging.LogFormat;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.util.Arrays;

/**
 * Writes what a function logs to the output of its process. In the place of the client's own, which
 * ends no line: on AWS, messages go another way, where each is an event by itself.
 */
public class StdOutLogSink implements LogSink {

  @Override
  public void log(byte[] message) {
    int length = message.length;
    boolean ended = length > 0 && message[length - 1] == '\n';
    byte[] line = Arrays.copyOf(message, ended ? length : length + 1);
    line[line.length - 1] = '\n';
    System.out.write(line, 0, line.length);
    System.out.flush();
  }

  @Override
  public void log(LogLevel level, LogFormat format, byte[] message) {
    log(message);
  }

  @Override
  public void close() {}
}
