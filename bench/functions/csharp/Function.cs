using System.Text;
using Amazon.Lambda.Core;

namespace NoOp;

public static class Function
{
    static readonly byte[] Nothing = Encoding.UTF8.GetBytes("null");

    public static Stream Handle(Stream input, ILambdaContext context) => new MemoryStream(Nothing);
}
