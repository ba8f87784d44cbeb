using System.Buffers.Binary;
using System.Text;

namespace Lambray.Server.Cli.Deploy;

/// <summary>What a class file says of its class (chapter 4 of the Java Virtual Machine Specification), as far as a handler's matters.</summary>
/// <param name="Version">The major version of the file: 55 for Java 11, 61 for 17, 65 for 21.</param>
/// <param name="IsHandler">Whether it is a class that itself implements an interface of Lambda's for handlers.</param>
sealed record JavaClass(string Name, int Version, bool IsHandler)
{
    const uint Magic = 0xCAFEBABE;
    const int InterfaceOrAbstract = 0x0600;

    static readonly string[] HandlerInterfaces =
        ["com.amazonaws.services.lambda.runtime.RequestHandler", "com.amazonaws.services.lambda.runtime.RequestStreamHandler"];

    /// <exception cref="InvalidDataException">It is none.</exception>
    public static JavaClass Read(ReadOnlySpan<byte> file)
    {
        try
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(file) != Magic) throw new InvalidDataException("A class file does not begin as one.");
            var reader = new Reader { Rest = file[6..] };
            var version = reader.Number();
            var constants = Constants.Read(ref reader);
            var access = reader.Number();
            var name = constants.ClassAt(reader.Number());
            reader.Skip(2);
            var interfaces = new string[reader.Number()];
            for (var i = 0; i < interfaces.Length; i++) interfaces[i] = constants.ClassAt(reader.Number());
            return new JavaClass(name, version, (access & InterfaceOrAbstract) == 0 && interfaces.Any(HandlerInterfaces.Contains));
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or IndexOutOfRangeException or KeyNotFoundException)
        {
            throw new InvalidDataException("A class file is cut off.", error);
        }
    }

    ref struct Reader
    {
        public ReadOnlySpan<byte> Rest;

        public int Number()
        {
            var number = BinaryPrimitives.ReadUInt16BigEndian(Rest);
            Skip(2);
            return number;
        }

        public void Skip(int count) => Rest = Rest[count..];
    }

    /// <summary>The constants that names are made of: texts, and classes as places of their names.</summary>
    sealed class Constants
    {
        readonly Dictionary<int, string> texts = [];
        readonly Dictionary<int, int> classes = [];

        public string ClassAt(int place) => texts[classes[place]].Replace('/', '.');

        public static Constants Read(ref Reader reader)
        {
            var constants = new Constants();
            var count = reader.Number();
            for (var place = 1; place < count; place++)
            {
                var tag = reader.Rest[0];
                reader.Skip(1);
                switch (tag)
                {
                    case 1:
                        var length = reader.Number();
                        constants.texts[place] = Encoding.UTF8.GetString(reader.Rest[..length]);
                        reader.Skip(length);
                        break;
                    case 7:
                        constants.classes[place] = reader.Number();
                        break;
                    case 5 or 6:
                        // Numbers of eight bytes take two places.
                        reader.Skip(8);
                        place++;
                        break;
                    default:
                        reader.Skip(tag switch { 8 or 16 or 19 or 20 => 2, 15 => 3, _ => 4 });
                        break;
                }
            }
            return constants;
        }
    }
}
