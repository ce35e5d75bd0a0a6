@NullMarked
package io.portico.transport.websocket;

import org.jspecify.annotations.NullMarked;
