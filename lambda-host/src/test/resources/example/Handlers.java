package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the tests call: handlers of each kind, the first of which does what its event says. */
public class Handlers {
  private static int calls;

  public Object handle(Map<String, Object> event, Context context) throws Exception {
    Path kept = Path.of(System.getProperty("java.io.tmpdir"), "kept");
    switch (String.valueOf(event.get("do"))) {
      case "count": return calls++;
      case "nothing": return null;
      case "context": return Map.of(
          "arn", context.getInvokedFunctionArn(), "version", context.getFunctionVersion(),
          "memory", context.getMemoryLimitInMB(), "id", context.getAwsRequestId(),
          "group", context.getLogGroupName(), "stream", context.getLogStreamName(),
          "left", context.getRemainingTimeInMillis());
      case "environment": return System.getenv();
      case "machine": return Map.of(
          "java", System.getProperty("java.specification.version"),
          "charset", Charset.defaultCharset().name(),
          "temporary", System.getProperty("java.io.tmpdir"),
          "folder", System.getProperty("user.dir"),
          "heap", Runtime.getRuntime().maxMemory() >> 20);
      case "throw": throw new IllegalStateException("it broke");
      case "deep": return deep(0) + 1;
      case "exit": System.exit(number(event, "status"));
      case "hang": Thread.sleep(60000); return "late";
      case "log":
        context.getLogger().log("first");
        context.getLogger().log("second\n");
        System.out.println("third");
        System.err.println("fourth");
        return 1;
      case "keep": Files.writeString(kept, "me"); return 1;
      case "kept": return Files.readString(kept);
      case "meet":
        Path meeting = Path.of(String.valueOf(event.get("folder")));
        Files.createFile(meeting.resolve(context.getAwsRequestId()));
        while (meeting.toFile().list().length < number(event, "all")) {
          Thread.sleep(10);
        }
        return ProcessHandle.current().pid();
      case "grow": {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < number(event, "megabytes"); i++) {
          byte[] one = new byte[1 << 20];
          Arrays.fill(one, (byte) 1);
          all.add(one);
        }
        return all.size();
      }
      case "churn": {
        long sum = 0;
        for (int i = 0; i < 2000; i++) {
          sum += new byte[1 << 20].length;
        }
        return sum;
      }
      case "large": return "x".repeat(number(event, "length"));
      default: return event;
    }
  }

  private static int number(Map<String, Object> event, String name) {
    return ((Number) event.get(name)).intValue();
  }

  private int deep(int depth) { return deep(depth + 1) + 1; }

  public static String plain(Map<String, Object> event) {
    return "Hello, " + event.get("name") + "!";
  }

  public static class Person {
    private String name;
    public String getName() { return name; }
    public void setName(String name) { this.name = name; }
  }

  public record Greeting(String greeting) {
    public String getGreeting() { return greeting; }
  }

  public static class Greeter implements RequestHandler<Person, Greeting> {
    @Override
    public Greeting handleRequest(Person person, Context context) {
      return new Greeting("Hello, " + person.getName() + "!");
    }
  }

  public static class Stream implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      out.write('[');
      in.transferTo(out);
      out.write(']');
    }
  }

  public static class Unlucky {
    private static final int NUMBER = Integer.parseInt("none");
    public int handle(Map<String, Object> event) { return NUMBER; }
  }
}
