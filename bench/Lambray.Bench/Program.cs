using Lambray.Bench;

if (args is ["echo"])
{
    await EchoServer.RunAsync();
    return 0;
}
if (args is not [])
{
    await Console.Error.WriteLineAsync("Lambray.Bench: takes no arguments, or 'echo' to be the server that is the floor");
    return 2;
}
await WarmAndCold.RunAsync(Console.Out);
return 0;
