package io.portico.peers;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring Cloud Gateway with the routes of its configuration file and no code besides. */
@SpringBootApplication
public class SpringGateway {
  public static void main(String[] arguments) {
    SpringApplication.run(SpringGateway.class, arguments);
  }
}
