/**
 * Records of HTTP and WebSocket APIs, as stored, with AWS's member names. They know nothing of how
 * they came to be or what they become.
 */
@NullMarked
package io.portico.gateway.model.v2;

import org.jspecify.annotations.NullMarked;
