# Answers on the client port as etcd 0.4.9 does (facts 6.1): it has /version as a text, its own statistics without ids, and v2
# keys; neither members nor health.
use strict;
use warnings;
use IO::Socket::INET;

my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 4001, Listen => 16, ReuseAddr => 1) or die $!;
while (my $client = $server->accept) {
    my ($path, $length) = ('', 0);
    while (defined(my $line = <$client>)) {
        $path = $1 if $line =~ m{^[A-Z]+ ([^ ?]+)};
        $length = $1 if $line =~ /^content-length: (\d+)/i;
        last if $line =~ /^\r?\n$/;
    }
    read($client, my $ignored, $length) if $length;
    my ($status, $body) = ('404 Not Found', "404 page not found\n");
    ($status, $body) = ('200 OK', 'etcd 0.4.9') if $path eq '/version';
    ($status, $body) = ('200 OK', '{"name":"core-1","state":"leader","leaderInfo":{"leader":"core-1"}}')
        if $path eq '/v2/stats/self';
    $body = '{"errorCode":100,"message":"Key not found","cause":"/","index":7}' if $path =~ m{^/v2/keys/};
    print $client "HTTP/1.1 $status\r\nContent-Length: ", length $body, "\r\nConnection: close\r\n\r\n$body";
    close $client;
}
